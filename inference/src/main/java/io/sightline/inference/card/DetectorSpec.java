package io.sightline.inference.card;

import java.util.List;
import java.util.stream.Stream;

/**
 * A face detector's outputs.
 *
 * @param levels one per stride, in the card's order
 * @param centreVariance factor of centre offsets; 1 under {@link AnchorConvention#INSIGHTFACE}
 * @param sizeVariance factor of the sizes' logarithms; 1 under {@link AnchorConvention#INSIGHTFACE}
 * @param landmarkFactor further factor of landmark offsets
 * @param scores what the scores are
 */
public record DetectorSpec(
        List<Level> levels,
        AnchorConvention convention,
        float centreVariance,
        float sizeVariance,
        float landmarkFactor,
        ScoreForm scores)
        implements OutputSpec {
    public DetectorSpec {
        levels = List.copyOf(levels);
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("a detector without levels");
        }
        if (!(centreVariance > 0) || !(sizeVariance > 0) || !(landmarkFactor > 0)) {
            throw new IllegalArgumentException("variances " + centreVariance + ", " + sizeVariance
                    + " and landmark factor " + landmarkFactor + " must be above 0");
        }
    }

    /** With scores that are probabilities. */
    public DetectorSpec(
            List<Level> levels,
            AnchorConvention convention,
            float centreVariance,
            float sizeVariance,
            float landmarkFactor) {
        this(levels, convention, centreVariance, sizeVariance, landmarkFactor, ScoreForm.PROBABILITIES);
    }

    @Override
    public ModelKind kind() {
        return ModelKind.DETECTOR;
    }

    @Override
    public List<String> outputNames() {
        return levels.stream()
                .flatMap(level -> Stream.of(level.scoreOutput(), level.boxOutput(), level.landmarkOutput()))
                .distinct()
                .toList();
    }
}
