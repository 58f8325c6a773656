package io.sightline.embed.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Quality;
import io.sightline.contracts.face.QualityFlaw;
import io.sightline.embed.TestPictures;
import io.sightline.inference.RgbImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QualityTest {
    private static final QualityGates GATES = new QualityGates(24, 20, 5);

    @Test
    void firstFlawIsNamedInTheOrderSizeBlurPose() {
        assertThat(GATES.flaw(23.9f, 1, 9)).contains(QualityFlaw.SIZE);
        assertThat(GATES.flaw(24, 19.9f, 9)).contains(QualityFlaw.BLUR);
        assertThat(GATES.flaw(24, 20, 5.1f)).contains(QualityFlaw.POSE);
        assertThat(GATES.flaw(24, 20, 5)).isEmpty();
    }

    @Test
    void whatIsNoNumberIsAFlaw() {
        assertThat(GATES.flaw(Float.NaN, 50, 1)).contains(QualityFlaw.SIZE);
        assertThat(GATES.flaw(50, Float.NaN, 1)).contains(QualityFlaw.BLUR);
        assertThat(GATES.flaw(50, 50, Float.NaN)).contains(QualityFlaw.POSE);
    }

    @Test
    void scoreOfOneHalfOrMoreMeansThatAllGatesArePassed() {
        Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            Quality quality = QualityMeasure.of(
                    random.nextFloat() * 100, random.nextFloat() * 100, random.nextFloat() * 15, GATES);

            assertThat(quality.score() >= 0.5f)
                    .as("%s", quality)
                    .isEqualTo(quality.flaw().isEmpty());
        }
    }

    @Test
    void scoreIsThatOfTheWeakestProperty() {
        assertThat(score(24, 500, 0)).isCloseTo(0.5f, within(1e-6f));
        assertThat(score(300, 20, 0)).isCloseTo(0.5f, within(1e-6f));
        assertThat(score(300, 500, 5)).isCloseTo(0.5f, within(1e-6f));
        assertThat(score(300, 500, 2.5f)).isCloseTo(0.75f, within(1e-6f));
        assertThat(score(300, 500, 0)).isEqualTo(1);
        assertThat(score(300, 0, 0)).isZero();
        assertThat(score(12, 500, 0)).isCloseTo(0.25f, within(1e-6f));
    }

    @Test
    void gatesOfNothingAreRefused() {
        assertThatThrownBy(() -> new QualityGates(0, 20, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("face width 0.0 px");
    }

    @Test
    void flatPictureHasNoSharpnessAndAnImpulseTheKnownOne() {
        assertThat(Sharpness.of(TestPictures.flat(112, 112, 200))).isZero();

        RgbImage impulse = TestPictures.picture(5, 5, (x, y, channel) -> x == 2 && y == 2 ? 100 : 0);

        // Laplacians of the 3×3 inner pixels: −400, four of 100, four of 0: mean 0, variance (160000 + 40000) / 9
        assertThat(Sharpness.of(impulse)).isCloseTo(200_000 / 9f, within(0.5f));
    }

    @Test
    void coarserDetailIsLessSharp() {
        float fine = Sharpness.of(TestPictures.blocks(112, 2, 1));
        float coarse = Sharpness.of(TestPictures.blocks(112, 16, 1));

        assertThat(fine).isGreaterThan(3 * coarse);
    }

    @Test
    void pictureWithoutInnerPixelsIsRefused() {
        assertThatThrownBy(() -> Sharpness.of(TestPictures.flat(2, 9, 0))).hasMessageContaining("at least 3x3");
    }

    private static float score(float widthPx, float sharpness, float residualPx) {
        return QualityMeasure.of(widthPx, sharpness, residualPx, GATES).score();
    }
}
