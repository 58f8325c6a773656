package io.sightline.inference.card;

import java.util.List;

/**
 * A face embedder's output.
 *
 * @param output tensor {@code [batch][dimension]}, of any length: the caller scales it to 1
 * @param batches whether one run takes several faces
 * @param threshold the least cosine that names a person
 * @param margin the least distance to the best other person's cosine
 * @param thresholdOrigin how threshold and margin were found
 */
public record EmbedderSpec(
        String output, int dimension, boolean batches, double threshold, double margin, String thresholdOrigin)
        implements OutputSpec {
    /** The largest embedding that a card may declare. */
    public static final int MAX_DIMENSION = 4096;

    public EmbedderSpec {
        if (dimension < 2 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("an embedding of " + dimension + " values (2 to " + MAX_DIMENSION + ")");
        }
        if (!(threshold >= -1 && threshold <= 1) || !(margin >= 0 && margin <= 2)) {
            throw new IllegalArgumentException(
                    "threshold " + threshold + " (-1 to 1) and margin " + margin + " (0 to 2)");
        }
    }

    @Override
    public ModelKind kind() {
        return ModelKind.EMBEDDER;
    }

    @Override
    public List<String> outputNames() {
        return List.of(output);
    }
}
