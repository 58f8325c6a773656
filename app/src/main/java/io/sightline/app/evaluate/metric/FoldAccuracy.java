package io.sightline.app.evaluate.metric;

import io.sightline.app.evaluate.metric.PairScores.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Accuracy by cross-validation over folds, as LFW's protocol has it (Huang et al., 2007, "Labeled Faces in the Wild"): the threshold that decides most
 * comparisons of all other folds rightly is applied to the fold. A comparison without a similarity is decided wrongly, whatever it is.
 *
 * @param folds in their order; those without a comparison are left out
 */
public record FoldAccuracy(List<Fold> folds) {
    public FoldAccuracy {
        folds = List.copyOf(folds);
    }

    /**
     * One fold.
     *
     * @param threshold that the other folds chose
     */
    public record Fold(float threshold, Share right) {}

    /** Throws {@link IllegalArgumentException} when there are fewer than two folds, so that none can be judged by another. */
    public static FoldAccuracy of(PairScores scores) {
        int[] numbers = scores.trials().stream()
                .mapToInt(Trial::fold)
                .distinct()
                .sorted()
                .toArray();
        if (numbers.length < 2) {
            throw new IllegalArgumentException("cross-validation needs two folds, got " + numbers.length);
        }
        List<Fold> folds = new ArrayList<>();
        for (int fold : numbers) {
            List<Trial> held = new ArrayList<>();
            List<Trial> others = new ArrayList<>();
            scores.trials().forEach(trial -> (trial.fold() == fold ? held : others).add(trial));
            float threshold = bestThreshold(others);
            long right = held.stream()
                    .filter(trial -> trial.isDecidedRightly(threshold))
                    .count();
            folds.add(new Fold(threshold, new Share(right, held.size())));
        }
        return new FoldAccuracy(folds);
    }

    /** Mean over the folds, 0 to 1. */
    public double mean() {
        return folds.stream().mapToDouble(fold -> fold.right().rate()).average().orElse(Double.NaN);
    }

    /** Of the mean: the folds' standard deviation over the root of their number. */
    public double standardError() {
        double mean = mean();
        double squares = folds.stream()
                .mapToDouble(fold -> Math.pow(fold.right().rate() - mean, 2))
                .sum();
        return Math.sqrt(squares / (folds.size() - 1) / folds.size());
    }

    /** Mean of the thresholds that were applied. */
    public double threshold() {
        return folds.stream().mapToDouble(Fold::threshold).average().orElse(Double.NaN);
    }

    /** In the middle of the lowest gap between similarities where a threshold decides most comparisons rightly. */
    static float bestThreshold(List<Trial> trials) {
        List<Trial> ascending = trials.stream()
                .filter(trial -> !Float.isNaN(trial.similarity()))
                .sorted(Comparator.comparingDouble(Trial::similarity))
                .toList();
        long right = ascending.stream().filter(Trial::isMated).count();
        long most = -1;
        float best = 1;
        for (int i = 0; i < ascending.size(); i++) {
            Trial trial = ascending.get(i);
            boolean isNewValue = i == 0 || ascending.get(i - 1).similarity() < trial.similarity();
            if (isNewValue && right > most) {
                most = right;
                best = i == 0 ? trial.similarity() : (ascending.get(i - 1).similarity() + trial.similarity()) / 2;
            }
            right += trial.isMated() ? -1 : 1;
        }
        return best;
    }
}
