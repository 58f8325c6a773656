package io.sightline.inference.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SimilarityTransformTest {
    private static final double[] TEMPLATE = {
        38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041
    };

    @Test
    void closedFormAgreesWithTheNormalEquationsOfLeastSquares() {
        Random random = new Random(20_240_917);
        for (int round = 0; round < 500; round++) {
            double[] from = points(random, 4_000);
            double[] to = points(random, 112);

            SimilarityTransform fitted =
                    SimilarityTransform.leastSquares(from, to).orElseThrow();

            double[] expected = NormalEquations.similarity(from, to);
            double[] got = {fitted.a(), fitted.b(), fitted.c(), fitted.d()};
            assertThat(got).as("round %d", round).containsExactly(expected, within(1e-6));
        }
    }

    /** Figures from NumPy's {@code linalg.lstsq} on the same ten equations. */
    @Test
    void halfTurnedFaceGivesTheGoldenNumbers() {
        double[] halfTurned = {310.5, 142.25, 341.75, 139.5, 338.0, 163.5, 318.25, 181.0, 340.5, 178.75};

        SimilarityTransform fitted =
                SimilarityTransform.leastSquares(halfTurned, TEMPLATE).orElseThrow();

        assertThat(fitted.a()).isCloseTo(1.041039054342539, within(1e-9));
        assertThat(fitted.b()).isCloseTo(0.08376839635604938, within(1e-9));
        assertThat(fitted.c()).isCloseTo(-273.8218083088499, within(1e-6));
        assertThat(fitted.d()).isCloseTo(-123.33332486736509, within(1e-6));
        assertThat(fitted.residual(halfTurned, TEMPLATE)).isCloseTo(4.934652838514102, within(1e-9));
    }

    @Test
    void turnScaleAndShiftAreFoundAgain() {
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            double angle = random.nextDouble() * 2 * Math.PI;
            double scale = Math.exp(random.nextGaussian());
            var truth = new SimilarityTransform(
                    scale * Math.cos(angle),
                    scale * Math.sin(angle),
                    random.nextGaussian() * 50,
                    random.nextGaussian() * 50);
            double[] moved = moved(TEMPLATE, truth);

            SimilarityTransform fitted =
                    SimilarityTransform.leastSquares(TEMPLATE, moved).orElseThrow();

            assertThat(fitted.scale()).isCloseTo(scale, within(1e-9));
            assertThat(fitted.residual(TEMPLATE, moved)).isCloseTo(0, within(1e-9));
            assertThat(moved(moved, fitted.inverse())).containsExactly(TEMPLATE, within(1e-7));
        }
    }

    @Test
    void mirroredFaceIsNotMirroredBackButKeepsALargeResidual() {
        double[] mirrored = TEMPLATE.clone();
        for (int i = 0; i < mirrored.length; i += 2) {
            mirrored[i] = 112 - mirrored[i];
        }

        SimilarityTransform fitted =
                SimilarityTransform.leastSquares(mirrored, TEMPLATE).orElseThrow();

        assertThat(fitted.residual(mirrored, TEMPLATE)).isGreaterThan(15);
    }

    @Test
    void pointsOnOneSpotGiveNoTransform() {
        double[] spot = {5, 7, 5, 7, 5, 7, 5, 7, 5, 7};

        assertThat(SimilarityTransform.leastSquares(spot, TEMPLATE)).isEmpty();
        assertThat(SimilarityTransform.leastSquares(TEMPLATE, spot)).isEmpty();
    }

    @Test
    void fewerThanTwoPointsOrUnequalSetsAreRefused() {
        assertThatThrownBy(() -> SimilarityTransform.leastSquares(new double[2], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2 points");
        assertThatThrownBy(() -> SimilarityTransform.leastSquares(new double[10], new double[8]))
                .hasMessageContaining("10 and 8");
    }

    private static double[] points(Random random, double range) {
        double[] points = new double[10];
        for (int i = 0; i < points.length; i++) {
            points[i] = random.nextDouble() * range;
        }
        return points;
    }

    private static double[] moved(double[] points, SimilarityTransform by) {
        double[] moved = new double[points.length];
        for (int i = 0; i < points.length; i += 2) {
            moved[i] = by.x(points[i], points[i + 1]);
            moved[i + 1] = by.y(points[i], points[i + 1]);
        }
        return moved;
    }
}
