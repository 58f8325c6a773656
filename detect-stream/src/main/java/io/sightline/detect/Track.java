package io.sightline.detect;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import io.sightline.contracts.face.TrackId;

/** One face followed: what it looked like when last seen, and how it moves. */
final class Track {
    private static final float MICROS_PER_SECOND = 1e6f;
    /** Beyond this a guess at constant velocity is worth less than none. */
    private static final float MAX_PREDICTION_SECONDS = 0.3f;
    /** How much of a newly measured velocity goes into the smoothed one. */
    private static final float VELOCITY_GAIN = 0.5f;
    /** The same face does not halve or double its size between two looks. */
    private static final float MAX_SIZE_RATIO = 1.8f;
    /** Least correlation of looks: on the demo clip one face's is 0.45 and above, two faces' 0.35 and below. */
    private static final float MIN_LOOK_CORRELATION = 0.4f;

    private final TrackId id;
    private SeenFace last;
    private long lastMicros;
    private float velocityX;
    private float velocityY;

    Track(TrackId id, SeenFace first, long atMicros) {
        this.id = id;
        this.last = first;
        this.lastMicros = atMicros;
    }

    TrackId id() {
        return id;
    }

    long lastMicros() {
        return lastMicros;
    }

    /** A step of the camera's clock, forth or back, ends a track too. */
    boolean isOver(long atMicros, long maxGapMicros) {
        return Math.abs(atMicros - lastMicros) > maxGapMicros;
    }

    /**
     * How well a face goes on with this track: overlap + nearness + likeness of looks, each at most 1. 0 when it cannot be
     * the same face: too far, of another size, or of other looks.
     */
    float affinity(SeenFace face, long atMicros) {
        float seconds = secondsSince(atMicros);
        float horizon = Math.min(seconds, MAX_PREDICTION_SECONDS);
        float shiftX = velocityX * horizon;
        float shiftY = velocityY * horizon;
        float size = (last.sizePx() + face.sizePx()) / 2;
        float ratio = Math.max(last.sizePx(), face.sizePx()) / Math.min(last.sizePx(), face.sizePx());
        float distance = landmarkDistance(face, shiftX, shiftY) / size;
        float reach = reach(seconds);
        if (ratio > MAX_SIZE_RATIO || !(distance < reach)) {
            return 0;
        }
        float likeness = last.look().correlationWith(face.look());
        if (likeness < MIN_LOOK_CORRELATION) {
            return 0;
        }
        return shifted(last.box(), shiftX, shiftY).iou(face.box()) + (1 - distance / reach) + likeness;
    }

    /** How far, in face sizes, a face may be from where it was expected; more after a longer time, never past its own size. */
    private static float reach(float seconds) {
        return Math.min(1, 0.5f + 2.5f * seconds);
    }

    /** Mean distance of the five landmarks, pixels: sees a head that turned where its box has not changed. */
    private float landmarkDistance(SeenFace face, float shiftX, float shiftY) {
        Landmarks before = last.detection().landmarks();
        Landmarks now = face.detection().landmarks();
        double sum = 0;
        for (int point = 0; point < Landmarks.POINTS; point++) {
            sum += Math.hypot(now.x(point) - before.x(point) - shiftX, now.y(point) - before.y(point) - shiftY);
        }
        return (float) (sum / Landmarks.POINTS);
    }

    private static Box shifted(Box box, float x, float y) {
        return new Box(box.left() + x, box.top() + y, box.right() + x, box.bottom() + y);
    }

    /** The face was seen again. */
    void follow(SeenFace face, long atMicros) {
        float seconds = secondsSince(atMicros);
        if (seconds > 0) {
            velocityX += VELOCITY_GAIN * ((face.centreX() - last.centreX()) / seconds - velocityX);
            velocityY += VELOCITY_GAIN * ((face.centreY() - last.centreY()) / seconds - velocityY);
        }
        last = face;
        lastMicros = atMicros;
    }

    private float secondsSince(long atMicros) {
        return Math.max(0, atMicros - lastMicros) / MICROS_PER_SECOND;
    }
}
