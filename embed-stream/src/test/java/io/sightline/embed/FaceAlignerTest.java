package io.sightline.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Landmarks;
import io.sightline.embed.quality.Sharpness;
import io.sightline.inference.RgbImage;
import io.sightline.inference.align.Alignment;
import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.align.SimilarityTransform;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaceAlignerTest {
    @Test
    void templatesOwnLandmarksLeaveThePictureAsItIs() {
        RgbImage picture = TestPictures.blocks(FaceAligner.SIDE_PX, 1, 3);

        Alignment alignment = fit(TestPictures.frontal(1, 0, 0));

        assertThat(alignment.residualPx()).isCloseTo(0, within(1e-3f));
        assertThat(FaceAligner.warp(picture, alignment).rgb()).isEqualTo(picture.rgb());
    }

    @Test
    void residualIsInTemplatePixelsWhateverTheFacesSize() {
        Landmarks small = TestPictures.profile();

        float residual = fit(small).residualPx();

        assertThat(residual).isGreaterThan(6);
        assertThat(fit(small.transformed(17, 900, -40)).residualPx()).isCloseTo(residual, within(1e-3f));
    }

    @Test
    void noLandmarksLeaveMoreThanTheWorstResidual() {
        Random random = new Random(99);
        for (int round = 0; round < 1_000; round++) {
            float[] points = new float[2 * Landmarks.POINTS];
            for (int i = 0; i < points.length; i++) {
                points[i] = (float) (random.nextGaussian() * 500);
            }

            assertThat(fit(Landmarks.of(points)).residualPx()).isBetween(0f, FaceAligner.WORST_RESIDUAL_PX + 1e-3f);
        }
        assertThat(FaceAligner.fit(Landmarks.of(5, 5, 5, 5, 5, 5, 5, 5, 5, 5))).isEmpty();
    }

    /** On a plane of levels bilinear sampling is exact, so each target pixel must hold the plane's level at its source point. */
    @Test
    void everyTargetPixelComesFromWhereTheTransformSays() {
        RgbImage plane = TestPictures.picture(300, 200, (x, y, channel) -> switch (channel) {
            case 0 -> Math.min(255, x);
            case 1 -> y;
            default -> (x + y) / 2;
        });
        SimilarityTransform toTemplate = new SimilarityTransform(0.9 * 1.3, 0.3 * 1.3, -100, -90);

        RgbImage warped = FaceAligner.warp(plane, new Alignment(toTemplate, 0));

        SimilarityTransform toPicture = toTemplate.inverse();
        for (int y = 0; y < FaceAligner.SIDE_PX; y++) {
            for (int x = 0; x < FaceAligner.SIDE_PX; x++) {
                double sourceX = Math.max(0, Math.min(255, toPicture.x(x + 0.5, y + 0.5) - 0.5));
                double sourceY = Math.max(0, Math.min(199, toPicture.y(x + 0.5, y + 0.5) - 0.5));
                int at = warped.offset(x, y);
                assertThat(warped.rgb()[at] & 0xff)
                        .as("red at %d,%d", x, y)
                        .isCloseTo((int) Math.round(sourceX), within(1));
                assertThat(warped.rgb()[at + 1] & 0xff)
                        .as("green at %d,%d", x, y)
                        .isCloseTo((int) Math.round(sourceY), within(1));
            }
        }
    }

    /** Enlarged by an exact factor, the aligned picture of an enlarged picture is the original again, wherever the mip levels end. */
    @Test
    void largePictureIsAveragedNotSkippedThrough() {
        RgbImage original = TestPictures.blocks(FaceAligner.SIDE_PX, 16, 5);
        for (int factor : new int[] {2, 3, 5, 8, 13}) {
            RgbImage large = TestPictures.picture(
                    112 * factor,
                    112 * factor,
                    (x, y, channel) -> original.rgb()[original.offset(x / factor, y / factor)] & 0xff);

            RgbImage aligned = FaceAligner.warp(large, fit(TestPictures.frontal(factor, 0, 0)));

            assertThat(meanDifference(aligned, original))
                    .as("shrunk by %d", factor)
                    .isLessThan(3);
        }
    }

    @Test
    void patternFinerThanTheTemplateTurnsGreyInsteadOfMoire() {
        RgbImage checkers = TestPictures.picture(1_456, 1_456, (x, y, channel) -> (x + y) % 2 == 0 ? 255 : 0);

        RgbImage aligned = FaceAligner.warp(checkers, fit(TestPictures.frontal(13, 0, 0)));

        assertThat(Sharpness.of(aligned)).isLessThan(1);
        assertThat(aligned.rgb()[aligned.offset(50, 50)] & 0xff).isCloseTo(128, within(1));
    }

    @Test
    void faceAtThePicturesEdgeGoesOnWithItsBorderPixels() {
        RgbImage flat = TestPictures.flat(40, 40, 77);

        RgbImage aligned = FaceAligner.warp(flat, fit(TestPictures.frontal(1, -60, -60)));

        for (byte level : aligned.rgb()) {
            assertThat(level).isEqualTo((byte) 77);
        }
    }

    @Test
    void pictureOfOnePixelAndAbsurdScalesGiveAPicture() {
        RgbImage pixel = TestPictures.flat(1, 1, 9);

        assertThat(FaceAligner.warp(pixel, fit(TestPictures.frontal(1, 0, 0))).rgb())
                .containsOnly(9);
        assertThat(FaceAligner.warp(pixel, fit(TestPictures.frontal(1e9f, 0, 0)))
                        .rgb())
                .containsOnly(9);
        assertThat(FaceAligner.warp(pixel, fit(TestPictures.frontal(1e-3f, 0, 0)))
                        .rgb())
                .containsOnly(9);
    }

    private static Alignment fit(Landmarks landmarks) {
        return FaceAligner.fit(landmarks).orElseThrow();
    }

    private static double meanDifference(RgbImage a, RgbImage b) {
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
        }
        return (double) sum / a.rgb().length;
    }
}
