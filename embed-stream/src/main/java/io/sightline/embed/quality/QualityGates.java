package io.sightline.embed.quality;

import io.sightline.contracts.face.QualityFlaw;
import io.sightline.runtime.settings.Section;
import java.util.Optional;

/**
 * What a face must reach to be compared with anybody. A face that fails one is not embedded: poor faces gather in one corner of
 * the vector space and resemble each other rather than a person.
 *
 * @param minFaceWidthPx width of the face's box in the frame
 * @param minSharpness variance of the Laplacian of the aligned grey face, 8-bit levels²
 * @param maxPoseResidualPx residual of the landmarks' fit, template pixels
 */
public record QualityGates(float minFaceWidthPx, float minSharpness, float maxPoseResidualPx) {
    public QualityGates {
        if (!(minFaceWidthPx > 0) || !(minSharpness > 0) || !(maxPoseResidualPx > 0)) {
            throw new IllegalArgumentException("quality gates must be above 0: face width " + minFaceWidthPx
                    + " px, sharpness " + minSharpness + ", pose residual " + maxPoseResidualPx + " px");
        }
    }

    /** As measured: {@code docs/decisions/face-quality-gates.md} has the figures. */
    public static QualityGates defaults() {
        return new QualityGates(24, 7, 5.5f);
    }

    public static QualityGates read(Section section) {
        QualityGates byDefault = defaults();
        return new QualityGates(
                (float) section.decimal("min-face-width-px", byDefault.minFaceWidthPx(), 1, 4096),
                (float) section.decimal("min-sharpness", byDefault.minSharpness(), 0.1, 10_000),
                (float) section.decimal("max-pose-residual-px", byDefault.maxPoseResidualPx(), 0.1, 100));
    }

    /** The first flaw in the order size, blur, pose; empty for a face that is good enough. */
    public Optional<QualityFlaw> flaw(float faceWidthPx, float sharpness, float poseResidualPx) {
        if (!isLargeEnough(faceWidthPx)) {
            return Optional.of(QualityFlaw.SIZE);
        }
        if (!(sharpness >= minSharpness)) {
            return Optional.of(QualityFlaw.BLUR);
        }
        return poseResidualPx <= maxPoseResidualPx ? Optional.empty() : Optional.of(QualityFlaw.POSE);
    }

    /** The one gate that can be asked without looking at the picture. */
    public boolean isLargeEnough(float faceWidthPx) {
        return faceWidthPx >= minFaceWidthPx;
    }
}
