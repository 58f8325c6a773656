package io.sightline.embed.quality;

import io.sightline.contracts.face.Quality;

/**
 * Combines size, sharpness and pose into one score: the weakest of three, where each property counts 0.5 exactly at its gate, 1 at
 * or beyond the value where more of it was seen to gain nothing, and falls straight to 0 below. So a score of 0.5 or more means
 * that all gates are passed, and of two faces the one with the better worst property is the better picture.
 */
public final class QualityMeasure {
    /** A face as wide as the template's is not enlarged by alignment: more pixels add nothing. */
    private static final float FULL_FACE_WIDTH_PX = 80;

    /** How many times the gate's sharpness counts as fully sharp. */
    private static final float FULL_SHARPNESS_FACTOR = 8;

    private QualityMeasure() {}

    /** Measures nothing itself: puts the three values and the gates together. */
    public static Quality of(float faceWidthPx, float sharpness, float poseResidualPx, QualityGates gates) {
        float size = rising(faceWidthPx, gates.minFaceWidthPx(), Math.max(FULL_FACE_WIDTH_PX, gates.minFaceWidthPx()));
        float blur = rising(sharpness, gates.minSharpness(), FULL_SHARPNESS_FACTOR * gates.minSharpness());
        float pose = 1 - Math.min(1, poseResidualPx / (2 * gates.maxPoseResidualPx()));
        return new Quality(
                faceWidthPx,
                sharpness,
                poseResidualPx,
                Math.min(size, Math.min(blur, pose)),
                gates.flaw(faceWidthPx, sharpness, poseResidualPx));
    }

    /** 0 at 0, 0.5 at {@code gate}, 1 from {@code full} on; straight in between. */
    private static float rising(float value, float gate, float full) {
        if (value >= full) {
            return 1;
        }
        return value < gate ? Math.max(0, value / gate / 2) : 0.5f + 0.5f * (value - gate) / (full - gate);
    }
}
