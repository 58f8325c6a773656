package io.sightline.contracts.face;

import java.util.Arrays;

/** A unit vector that stands for a face; its cosine with another is their similarity. Comparable within one model id only. */
public final class Embedding {
    private static final float UNIT_TOLERANCE = 1e-3f;

    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /** Scales a copy of {@code values} to unit length; throws {@link IllegalArgumentException} for zero or non-finite ones. */
    public static Embedding normalised(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || !Double.isFinite(length)) {
            throw new IllegalArgumentException("a vector of length " + length + " has no direction");
        }
        float[] unit = new float[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (values[i] / length);
        }
        return new Embedding(unit);
    }

    /** Takes an array that has unit length already, without a copy; the caller gives it away. */
    public static Embedding adoptUnit(float[] unit) {
        double squares = 0;
        for (float value : unit) {
            squares += (double) value * value;
        }
        if (!(Math.abs(squares - 1) <= UNIT_TOLERANCE)) {
            throw new IllegalArgumentException("embedding of squared length " + squares + " instead of 1");
        }
        return new Embedding(unit);
    }

    public int dimension() {
        return values.length;
    }

    public float value(int index) {
        return values[index];
    }

    /** {@code [dimension]}, the array itself: do not change it. */
    public float[] values() {
        return values;
    }

    /** Similarity: the cosine, −1 to 1. The scalar reference that faster searches are tested against. */
    public float similarity(Embedding other) {
        if (other.values.length != values.length) {
            throw new IllegalArgumentException(
                    "embeddings of " + values.length + " and " + other.values.length + " dimensions do not compare");
        }
        float sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * other.values[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Embedding[" + values.length + "]";
    }
}
