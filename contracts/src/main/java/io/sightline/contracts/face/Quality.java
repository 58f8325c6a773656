package io.sightline.contracts.face;

import java.util.Optional;

/**
 * How far a face can be trusted.
 *
 * @param faceWidthPx width of its box in frame pixels
 * @param sharpness variance of the Laplacian of the aligned 112×112 grey face (Pech-Pacheco et al., 2000), 8-bit levels²;
 *     0 when it was not measured, for the face was too small or its crop could not be read
 * @param poseResidualPx root-mean-square distance of the landmarks from the frontal template after the best similarity
 *     transform, in template pixels; grows as the head turns
 * @param score all in one, 0 (useless) to 1
 * @param flaw why the face was not embedded; empty when it was good enough
 */
public record Quality(
        float faceWidthPx, float sharpness, float poseResidualPx, float score, Optional<QualityFlaw> flaw) {
    public Quality {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("quality score " + score + " is not within 0 and 1");
        }
    }

    /** The quality of a face without a flaw. */
    public Quality(float faceWidthPx, float sharpness, float poseResidualPx, float score) {
        this(faceWidthPx, sharpness, poseResidualPx, score, Optional.empty());
    }
}
