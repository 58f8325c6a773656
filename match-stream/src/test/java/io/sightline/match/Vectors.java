package io.sightline.match;

import io.sightline.contracts.face.Embedding;
import java.util.Random;

/** Unit vectors of 64 dimensions with known similarities. */
public final class Vectors {
    public static final int DIMENSION = 64;

    private Vectors() {}

    /** One direction per axis: vectors of two axes have similarity 0. */
    public static Embedding axis(int axis) {
        float[] values = new float[DIMENSION];
        values[axis] = 1;
        return Embedding.adoptUnit(values);
    }

    /** A vector of that similarity to {@code axis(axis)}, else towards {@code axis(other)}. */
    public static Embedding towards(int axis, double similarity, int other) {
        float[] values = new float[DIMENSION];
        values[axis] = (float) similarity;
        values[other] = (float) Math.sqrt(1 - similarity * similarity);
        return Embedding.normalised(values);
    }

    public static Embedding random(Random random, int dimension) {
        float[] values = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Embedding.normalised(values);
    }
}
