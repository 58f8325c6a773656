package io.sightline.contracts.face;

/**
 * How far a face can be trusted.
 *
 * @param faceWidthPx width of its box in frame pixels
 * @param sharpness variance of the Laplacian of the aligned 112×112 grey face (Pech-Pacheco et al., 2000), 8-bit levels²
 * @param poseResidualPx root-mean-square distance of the landmarks from the frontal template after the best similarity
 *     transform, in template pixels; grows as the head turns
 * @param score all in one, 0 (useless) to 1
 */
public record Quality(float faceWidthPx, float sharpness, float poseResidualPx, float score) {
    public Quality {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("quality score " + score + " is not within 0 and 1");
        }
    }
}
