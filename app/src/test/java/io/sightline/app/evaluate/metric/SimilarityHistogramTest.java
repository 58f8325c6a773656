package io.sightline.app.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimilarityHistogramTest {
    @Test
    void thresholdIsWithinABinOfTheExactOne() {
        Random random = new Random(11);
        float[] scores = new float[100_000];
        SimilarityHistogram histogram = new SimilarityHistogram();
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (random.nextGaussian() * 0.12);
            histogram.add(scores[i]);
        }
        Arrays.sort(scores);

        for (double rate : new double[] {1e-1, 1e-2, 1e-3, 1e-4, 2e-5}) {
            int allowed = (int) Math.floor(rate * scores.length);
            float exact = scores[scores.length - 1 - allowed];
            assertThat(histogram.thresholdAt(rate)).isBetween((double) exact, exact + 2.1e-5);
            assertThat(histogram.atLeast(histogram.thresholdAt(rate)).count()).isLessThanOrEqualTo(allowed);
        }
    }

    @Test
    void similarityOfTheThresholdItselfCounts() {
        SimilarityHistogram histogram = new SimilarityHistogram();
        for (float similarity : new float[] {0.43f, 0.44f, 0.45f, -1f, 1f}) {
            histogram.add(similarity);
        }

        assertThat(histogram.atLeast(0.44)).isEqualTo(new Share(3, 5));
        assertThat(histogram.below(0.44)).isEqualTo(new Share(2, 5));
        assertThat(histogram.atLeast(-1)).isEqualTo(new Share(5, 5));
        assertThat(histogram.atLeast(1)).isEqualTo(new Share(1, 5));
    }

    @Test
    void sumOfTwoIsThatOfAllTheirSimilarities() {
        SimilarityHistogram one = new SimilarityHistogram();
        one.add(0.1f);
        SimilarityHistogram other = new SimilarityHistogram();
        other.add(0.7f);
        other.add(0.7f);

        one.add(other);

        assertThat(one.total()).isEqualTo(3);
        assertThat(one.atLeast(0.5)).isEqualTo(new Share(2, 3));
        assertThat(one.density(4)).containsExactly(new double[] {0, 0, 1 / 3.0, 2 / 3.0}, within(1e-12));
    }
}
