package io.sightline.app.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.app.evaluate.metric.PairScores.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldAccuracyTest {
    /** Fold 0 by itself asks for 0.43, between 0.36 and 0.5, which misses fold 1's mated pair at 0.42; fold 1 for 0.37, which is right throughout fold 0. */
    @Test
    void thresholdOfTheOtherFoldsDecidesAFold() {
        PairScores scores = new PairScores(List.of(
                new Trial(0, true, 0.9f),
                new Trial(0, true, 0.5f),
                new Trial(0, false, 0.36f),
                new Trial(0, false, 0.1f),
                new Trial(1, true, 0.8f),
                new Trial(1, true, 0.42f),
                new Trial(1, false, 0.32f),
                new Trial(1, false, 0.0f)));

        FoldAccuracy accuracy = FoldAccuracy.of(scores);

        assertThat(accuracy.folds().get(0).right()).isEqualTo(new Share(4, 4));
        assertThat(accuracy.folds().get(0).threshold()).isCloseTo(0.37f, within(1e-6f));
        assertThat(accuracy.folds().get(1).right()).isEqualTo(new Share(3, 4));
        assertThat(accuracy.folds().get(1).threshold()).isCloseTo(0.43f, within(1e-6f));
        assertThat(accuracy.mean()).isEqualTo(0.875);
        assertThat(accuracy.standardError()).isCloseTo(0.125, within(1e-12));
        assertThat(accuracy.threshold()).isCloseTo(0.4, within(1e-6));
    }

    @Test
    void pairWithoutVectorIsWrongWhateverItIs() {
        PairScores scores = new PairScores(List.of(
                new Trial(0, true, 0.9f),
                new Trial(0, false, Float.NaN),
                new Trial(1, true, Float.NaN),
                new Trial(1, true, 0.9f),
                new Trial(1, false, 0.1f)));

        FoldAccuracy accuracy = FoldAccuracy.of(scores);

        assertThat(accuracy.folds().get(0).right()).isEqualTo(new Share(1, 2));
        assertThat(accuracy.folds().get(1).right()).isEqualTo(new Share(2, 3));
        assertThat(scores.failures()).isEqualTo(new Share(2, 5));
    }

    @Test
    void bestThresholdIsThatOfTheSlowSearch() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<Trial> trials = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                boolean isMated = random.nextBoolean();
                trials.add(new Trial(0, isMated, Math.round(20 * (random.nextFloat() + (isMated ? 0.4f : 0))) / 28f));
            }

            float best = FoldAccuracy.bestThreshold(trials);

            float lowestOfBest = slowBest(trials);
            assertThat(rightAt(trials, best)).isEqualTo(rightAt(trials, lowestOfBest));
            assertThat(best).isLessThanOrEqualTo(lowestOfBest);
        }
    }

    private static float slowBest(List<Trial> trials) {
        return trials.stream()
                .map(Trial::similarity)
                .sorted()
                .max(Comparator.comparingLong((Float candidate) -> rightAt(trials, candidate))
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }

    private static long rightAt(List<Trial> trials, float threshold) {
        return trials.stream()
                .filter(trial -> (trial.similarity() >= threshold) == trial.isMated())
                .count();
    }

    @Test
    void oneFoldHasNoOtherToJudgeIt() {
        assertThatThrownBy(() -> FoldAccuracy.of(new PairScores(List.of(new Trial(3, true, 0.5f)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cross-validation needs two folds, got 1");
    }
}
