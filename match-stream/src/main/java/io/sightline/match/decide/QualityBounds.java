package io.sightline.match.decide;

import io.sightline.contracts.face.Quality;

/**
 * Names what is wrong with a face that has no vector. Says, never decides: whether a face is good enough was decided when it was embedded.
 *
 * @param minFaceWidthPx a narrower face is small
 * @param maxPoseResidualPx a greater residual, in template pixels, means turned
 * @param minSharpness a lower sharpness means blurred
 */
public record QualityBounds(double minFaceWidthPx, double maxPoseResidualPx, double minSharpness) {
    /** One of {@code size}, {@code pose}, {@code blur}, {@code evidence}, the first that holds. */
    public String cause(Quality quality) {
        if (quality.faceWidthPx() < minFaceWidthPx) {
            return "size";
        }
        if (quality.poseResidualPx() > maxPoseResidualPx) {
            return "pose";
        }
        return quality.sharpness() < minSharpness ? "blur" : "evidence";
    }
}
