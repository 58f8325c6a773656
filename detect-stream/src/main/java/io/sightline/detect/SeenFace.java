package io.sightline.detect;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;

/** A detected face as the tracker compares it: with the look of its surroundings. */
record SeenFace(Detection detection, GreyCells look) {
    Box box() {
        return detection.box();
    }

    float centreX() {
        return mean(0);
    }

    float centreY() {
        return mean(1);
    }

    /** Side of the square with its box's area, pixels. */
    float sizePx() {
        return (float) Math.sqrt(box().widthPx() * box().heightPx());
    }

    /** Mean of the landmarks: steadier than the box's middle when hair or a hand hides part of the face. */
    private float mean(int axis) {
        float sum = 0;
        for (int point = 0; point < Landmarks.POINTS; point++) {
            sum += axis == 0
                    ? detection.landmarks().x(point)
                    : detection.landmarks().y(point);
        }
        return sum / Landmarks.POINTS;
    }
}
