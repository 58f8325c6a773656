package io.sightline.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.inference.RgbImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResamplerTest {

    @Test
    void halvingAveragesFourPixels() {
        int[] red = {10, 20, 30, 41};
        RgbImage picture = Pictures.picture(2, 2, (x, y) -> (red[2 * y + x] << 16) | 0x00ff07);

        int[] sums = new int[3];
        Resampler.scale(picture, Region.whole(picture), 1, 1, (y, row) -> System.arraycopy(row, 0, sums, 0, 3));

        assertThat((double) sums[0] / Resampler.UNIT).isEqualTo(25.25);
        assertThat((double) sums[1] / Resampler.UNIT).isEqualTo(255);
        assertThat((double) sums[2] / Resampler.UNIT).isEqualTo(7);
    }

    @Test
    void flatPictureStaysFlatAtAnySize() {
        RgbImage picture = Pictures.flat(37, 23, 0xff0180);
        for (int width = 1; width < 90; width += 7) {
            RgbImage scaled = Resampler.scaled(picture, Region.whole(picture), width, 1 + width / 2);

            assertThat(scaled).isEqualTo(Pictures.flat(width, 1 + width / 2, 0xff0180));
        }
    }

    @Test
    void shrinkingAgreesWithTheAreaOfEachTargetPixel() {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            RgbImage picture = Pictures.noise(20 + random.nextInt(60), 20 + random.nextInt(60), round);
            Region region = new Region(3, 2, picture.widthPx() - 5, picture.heightPx() - 4);
            int width = 1 + random.nextInt(region.widthPx());
            int height = 1 + random.nextInt(region.heightPx());

            Resampler.scale(picture, region, width, height, (y, sums) -> {
                for (int x = 0; x < width; x++) {
                    assertThat((double) sums[width + x] / Resampler.UNIT)
                            .as("round %s, %sx%s", round(region, width, height), x, y)
                            .isCloseTo(greenMean(picture, region, width, height, x, y), within(0.5));
                }
            });
        }
    }

    @Test
    void shrinkingByAWholeFactorAgreesWithTheAreaToo() {
        for (int factor = 2; factor <= 7; factor++) {
            RgbImage picture = Pictures.noise(9 * factor + 3, 6 * factor + 2, factor);
            Region region = new Region(2, 1, 9 * factor, 6 * factor);
            int by = factor;

            Resampler.scale(picture, region, 9, 6, (y, sums) -> {
                for (int x = 0; x < 9; x++) {
                    assertThat((double) sums[9 + x] / Resampler.UNIT)
                            .as("by %s, %s,%s", by, x, y)
                            .isCloseTo(greenMean(picture, region, 9, 6, x, y), within(0.01));
                }
            });
        }
    }

    @Test
    void enlargingKeepsARampStraight() {
        RgbImage picture = Pictures.picture(16, 4, (x, y) -> (10 * x) << 8);

        Resampler.scale(picture, Region.whole(picture), 32, 8, (y, sums) -> {
            for (int x = 1; x < 31; x++) {
                double expected = 10 * ((x + 0.5) / 2 - 0.5);
                assertThat((double) sums[32 + x] / Resampler.UNIT).isCloseTo(expected, within(0.02));
            }
        });
    }

    @Test
    void sameSizeIsACopyOfTheRegion() {
        RgbImage picture = Pictures.noise(30, 20, 1);

        RgbImage copy = Resampler.scaled(picture, new Region(4, 5, 10, 11), 10, 11);

        assertThat(copy).isEqualTo(picture.crop(4, 5, 10, 11));
    }

    private static String round(Region region, int width, int height) {
        return region + " to " + width + "x" + height;
    }

    /** The slow reference: every source pixel with the area it shares. */
    private static double greenMean(RgbImage picture, Region region, int width, int height, int x, int y) {
        double scaleX = (double) region.widthPx() / width;
        double scaleY = (double) region.heightPx() / height;
        double sum = 0;
        for (int sourceY = 0; sourceY < region.heightPx(); sourceY++) {
            for (int sourceX = 0; sourceX < region.widthPx(); sourceX++) {
                double share =
                        shared(sourceX, x * scaleX, (x + 1) * scaleX) * shared(sourceY, y * scaleY, (y + 1) * scaleY);
                int at = picture.offset(region.left() + sourceX, region.top() + sourceY);
                sum += share * (picture.rgb()[at + 1] & 0xff);
            }
        }
        return sum / (scaleX * scaleY);
    }

    private static double shared(int pixel, double from, double to) {
        return Math.max(0, Math.min(pixel + 1, to) - Math.max(pixel, from));
    }
}
