package io.sightline.detect;

import io.sightline.runtime.settings.Section;

/**
 * How faces are looked for.
 *
 * @param inputWidthPx width of the network's input: pictures are scaled to fit; wider finds smaller faces and costs more
 * @param inputHeightPx its height; both must be what the model takes, such as multiples of 32
 * @param minScore the least score that counts as a face at all
 * @param maxOverlap the intersection over union above which two boxes are one face
 * @param minFacePx the least width and height of a face's box, in the picture's pixels
 * @param maxFaces how many faces of a picture are kept, best first
 * @param threads how many threads one run of the network may use
 */
public record DetectorSettings(
        int inputWidthPx,
        int inputHeightPx,
        float minScore,
        float maxOverlap,
        int minFacePx,
        int maxFaces,
        int threads) {

    public static DetectorSettings defaults() {
        return new DetectorSettings(640, 384, 0.4f, 0.4f, 12, 200, 1);
    }

    public static DetectorSettings read(Section section) {
        DetectorSettings byDefault = defaults();
        return new DetectorSettings(
                section.integer("input-width-px", byDefault.inputWidthPx(), 32, 4096),
                section.integer("input-height-px", byDefault.inputHeightPx(), 32, 4096),
                (float) section.decimal("min-score", byDefault.minScore(), 0.05, 1),
                (float) section.decimal("max-overlap", byDefault.maxOverlap(), 0, 1),
                section.integer("min-face-px", byDefault.minFacePx(), 1, 2048),
                section.integer("max-faces", byDefault.maxFaces(), 1, 400),
                section.integer("threads", byDefault.threads(), 1, 64));
    }
}
