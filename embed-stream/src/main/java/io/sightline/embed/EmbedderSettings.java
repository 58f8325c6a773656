package io.sightline.embed;

import io.sightline.embed.quality.QualityGates;
import io.sightline.runtime.settings.Section;

/**
 * How faces are embedded.
 *
 * @param gates what a face must reach
 * @param faceJpegQuality of the aligned face's picture, 0 (small) to 1 (good)
 * @param threads how many threads one run of the network may use
 */
public record EmbedderSettings(QualityGates gates, float faceJpegQuality, int threads) {
    public EmbedderSettings {
        if (!(faceJpegQuality > 0 && faceJpegQuality <= 1)) {
            throw new IllegalArgumentException("JPEG quality " + faceJpegQuality + " is not above 0 and up to 1");
        }
    }

    public static EmbedderSettings defaults() {
        return new EmbedderSettings(QualityGates.defaults(), 0.85f, 1);
    }

    public static EmbedderSettings read(Section section) {
        EmbedderSettings byDefault = defaults();
        return new EmbedderSettings(
                QualityGates.read(section),
                (float) section.decimal("face-jpeg-quality", byDefault.faceJpegQuality(), 0.05, 1),
                section.integer("threads", byDefault.threads(), 1, 64));
    }
}
