package io.sightline.app.evaluate;

import io.sightline.app.evaluate.data.SceneSet.LabelledFace;
import io.sightline.contracts.face.Box;
import io.sightline.embed.quality.QualityGates;
import io.sightline.embed.quality.Sharpness;
import io.sightline.inference.RgbImage;
import io.sightline.inference.align.Alignment;
import io.sightline.inference.align.FaceAligner;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Under which conditions a labelled face is seen, told from the picture: {@code masked} by the kind of the picture, {@code dark} by the mean level within the box,
 * {@code turned} and {@code blurred} by the product's own gates for pose and sharpness. A face too small for these gates is neither.
 */
final class Conditions {
    private static final double DARK_BELOW = 60;

    private final String kind;
    private final RgbImage pixels;
    private final QualityGates gates;

    Conditions(String kind, RgbImage pixels, QualityGates gates) {
        this.kind = kind;
        this.pixels = pixels;
        this.gates = gates;
    }

    Set<String> of(LabelledFace face) {
        Set<String> conditions = new HashSet<>();
        if (kind.startsWith("mask")) {
            conditions.add("masked");
        }
        if (meanLevel(face.box()) < DARK_BELOW) {
            conditions.add("dark");
        }
        Optional<Alignment> alignment = gates.isLargeEnough(face.box().widthPx())
                ? face.landmarks().flatMap(FaceAligner::fit)
                : Optional.empty();
        alignment.ifPresent(fit -> {
            if (fit.residualPx() > gates.maxPoseResidualPx()) {
                conditions.add("turned");
            }
            if (Sharpness.of(FaceAligner.warp(pixels, fit)) < gates.minSharpness()) {
                conditions.add("blurred");
            }
        });
        return conditions;
    }

    /** Of red, green and blue alike, 0 to 255, over what of the box lies in the picture; 255 where nothing does. */
    private double meanLevel(Box box) {
        int left = (int) Math.max(0, box.left());
        int top = (int) Math.max(0, box.top());
        int right = (int) Math.min(pixels.widthPx(), Math.ceil(box.right()));
        int bottom = (int) Math.min(pixels.heightPx(), Math.ceil(box.bottom()));
        long sum = 0;
        long values = 0;
        for (int y = top; y < bottom; y++) {
            for (int at = pixels.offset(left, y);
                    at < pixels.offset(left, y) + (right - left) * RgbImage.CHANNELS;
                    at++) {
                sum += pixels.rgb()[at] & 0xff;
                values++;
            }
        }
        return values == 0 ? 255 : (double) sum / values;
    }
}
