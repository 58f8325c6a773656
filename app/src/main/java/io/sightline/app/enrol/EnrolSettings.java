package io.sightline.app.enrol;

import io.sightline.embed.quality.QualityGates;
import io.sightline.runtime.settings.Section;

/**
 * What a photo must be to enrol somebody, section {@code enrol}. Size and sharpness are stricter than for a camera's face: a poor template
 * resembles many people for as long as it is kept.
 *
 * @param minFaceScore the least score that counts as the photo's face
 * @param minOtherFaceScore the least score at which a further face refuses the photo
 * @param gates face size in the photo's pixels, sharpness, pose
 * @param onResemblance what to do with a photo that resembles another enrolled person
 * @param maxPhotosPerPerson further photos of a person are not looked at
 */
public record EnrolSettings(
        float minFaceScore,
        float minOtherFaceScore,
        QualityGates gates,
        OnResemblance onResemblance,
        int maxPhotosPerPerson) {
    /** What becomes of a photo that resembles another enrolled person. */
    public enum OnResemblance {
        REFUSE,
        /** Enrolled, with a warning: for twins, and for parents with their children. */
        WARN
    }

    public static EnrolSettings defaults() {
        return new EnrolSettings(
                0.6f,
                0.4f,
                new QualityGates(40, 20, QualityGates.defaults().maxPoseResidualPx()),
                OnResemblance.REFUSE,
                50);
    }

    /** Reads {@code section}; what is wrong is noted there, and the default stands in for it. */
    public static EnrolSettings read(Section section) {
        EnrolSettings byDefault = defaults();
        QualityGates gates = byDefault.gates();
        return new EnrolSettings(
                (float) section.decimal("min-face-score", byDefault.minFaceScore(), 0.05, 1),
                (float) section.decimal("min-other-face-score", byDefault.minOtherFaceScore(), 0.05, 1),
                new QualityGates(
                        (float) section.decimal("min-face-width-px", gates.minFaceWidthPx(), 1, 4096),
                        (float) section.decimal("min-sharpness", gates.minSharpness(), 0.1, 10_000),
                        (float) section.decimal("max-pose-residual-px", gates.maxPoseResidualPx(), 0.1, 100)),
                section.choice("on-resemblance", byDefault.onResemblance(), OnResemblance.class),
                section.integer("max-photos-per-person", byDefault.maxPhotosPerPerson(), 1, 10_000));
    }

    public EnrolSettings withOnResemblance(OnResemblance other) {
        return new EnrolSettings(minFaceScore, minOtherFaceScore, gates, other, maxPhotosPerPerson);
    }
}
