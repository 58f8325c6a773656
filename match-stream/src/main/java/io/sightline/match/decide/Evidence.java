package io.sightline.match.decide;

import io.sightline.contracts.face.Embedding;

/**
 * What the good frames of a track say together: the direction of their quality-weighted sum. Of bounded size: beyond a total weight the
 * past fades.
 *
 * @param mean the direction, unit length
 * @param length of the weighted sum; at most {@code weight}, and the shorter the less the frames agree
 * @param weight sum of the weights
 * @param frames how many frames were gathered
 */
public record Evidence(Embedding mean, double length, double weight, int frames) {
    /** A frame of no quality still counts a little, else a sum of such frames would have no direction. */
    private static final double LEAST_WEIGHT = 0.01;

    public static Evidence of(Embedding first, double quality) {
        double weight = Math.max(LEAST_WEIGHT, quality);
        return new Evidence(first, weight, weight, 1);
    }

    /** Whether the vector may be of the same person. */
    public boolean agreesWith(Embedding vector, double leastSimilarity) {
        return mean.dimension() == vector.dimension() && mean.similarity(vector) >= leastSimilarity;
    }

    /** With another frame of the same dimension. */
    public Evidence plus(Embedding vector, double quality, double maxWeight) {
        double added = Math.max(LEAST_WEIGHT, quality);
        double fade = Math.min(1, Math.max(0, maxWeight - added) / weight);
        double past = length * fade;
        float[] sum = new float[mean.dimension()];
        double squares = 0;
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (float) (mean.value(i) * past + vector.value(i) * added);
            squares += (double) sum[i] * sum[i];
        }
        double total = Math.sqrt(squares);
        if (!(total > 0)) {
            return of(vector, quality);
        }
        return new Evidence(Embedding.normalised(sum), total, weight * fade + added, frames + 1);
    }
}
