package io.sightline.app.report.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaceHiderTest {
    @Test
    void detailOfTheFaceIsGoneAndTheRestStays() {
        BufferedImage picture = noise();
        BufferedImage before = noise();

        FaceHider.hide(picture, Canvas.area(60, 60, 80, 80));

        assertThat(roughness(before, 70, 130)).isGreaterThan(50);
        assertThat(roughness(picture, 70, 130)).isLessThan(3);
        assertThat(picture.getRGB(5, 5)).isEqualTo(before.getRGB(5, 5));
        assertThat(picture.getRGB(195, 100)).isEqualTo(before.getRGB(195, 100));
    }

    @Test
    void facesAtTheEdgeAndBeyondAreNoProblem() {
        BufferedImage picture = noise();

        assertThatCode(() -> {
                    FaceHider.hide(picture, Canvas.area(-30, -30, 50, 50));
                    FaceHider.hide(picture, Canvas.area(190, 190, 50, 50));
                    FaceHider.hide(picture, Canvas.area(500, 500, 50, 50));
                    FaceHider.hide(picture, Canvas.area(100, 100, 0.4, 0.4));
                    FaceHider.hide(picture, Canvas.area(-1_000, -1_000, 5_000, 5_000));
                })
                .doesNotThrowAnyException();
    }

    /** Mean difference of neighbours on the diagonal from {@code from} to {@code to}, 8-bit levels. */
    private static double roughness(BufferedImage picture, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs((picture.getRGB(i, i) & 0xFF) - (picture.getRGB(i + 1, i + 1) & 0xFF));
        }
        return sum / (to - from);
    }

    private static BufferedImage noise() {
        BufferedImage picture = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        for (int i = 0; i < 200 * 200; i++) {
            picture.setRGB(i % 200, i / 200, random.nextInt(1 << 24));
        }
        return picture;
    }
}
