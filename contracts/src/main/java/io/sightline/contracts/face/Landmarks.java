package io.sightline.contracts.face;

import java.util.Arrays;

/**
 * Five points in frame pixels: left eye, right eye, nose, left mouth corner, right mouth corner, left and right as seen
 * in the picture.
 */
public final class Landmarks {
    public static final int POINTS = 5;

    private final float[] xy;

    private Landmarks(float[] xy) {
        this.xy = xy;
    }

    /** From {@code [10]} floats x0 y0 … x4 y4, copied. */
    public static Landmarks of(float... xy) {
        if (xy.length != 2 * POINTS) {
            throw new IllegalArgumentException("landmarks need 10 coordinates, got " + xy.length);
        }
        for (float value : xy) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("landmark coordinate " + value);
            }
        }
        return new Landmarks(xy.clone());
    }

    public float x(int point) {
        return xy[2 * point];
    }

    public float y(int point) {
        return xy[2 * point + 1];
    }

    /** {@code [10]}, x0 y0 … x4 y4, a copy. */
    public float[] toArray() {
        return xy.clone();
    }

    /** Each point moved by {@code p * scale + offset}. */
    public Landmarks transformed(float scale, float offsetX, float offsetY) {
        float[] moved = new float[xy.length];
        for (int i = 0; i < POINTS; i++) {
            moved[2 * i] = xy[2 * i] * scale + offsetX;
            moved[2 * i + 1] = xy[2 * i + 1] * scale + offsetY;
        }
        return new Landmarks(moved);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Landmarks that && Arrays.equals(xy, that.xy);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(xy);
    }

    @Override
    public String toString() {
        return "Landmarks" + Arrays.toString(xy);
    }
}
