package io.sightline.app.evaluate.metric;

import java.util.ArrayList;
import java.util.List;

/** The comparisons of a verification protocol with their similarities, in its order. Immutable. */
public final class PairScores {
    private final List<Trial> trials;

    public PairScores(List<Trial> trials) {
        this.trials = List.copyOf(trials);
    }

    /**
     * One comparison.
     *
     * @param fold the part of the protocol that it belongs to, from 0
     * @param similarity NaN where a picture gave no vector
     */
    public record Trial(int fold, boolean isMated, float similarity) {
        boolean isDecidedRightly(float threshold) {
            return !Float.isNaN(similarity) && (similarity >= threshold) == isMated;
        }
    }

    public List<Trial> trials() {
        return trials;
    }

    /** Comparisons without a similarity. */
    public Share failures() {
        return new Share(
                trials.stream().filter(trial -> Float.isNaN(trial.similarity())).count(), trials.size());
    }

    public RocCurve roc() {
        List<Float> mated = new ArrayList<>();
        List<Float> nonMated = new ArrayList<>();
        trials.forEach(trial -> (trial.isMated() ? mated : nonMated).add(trial.similarity()));
        return RocCurve.of(floats(mated), floats(nonMated));
    }

    static float[] floats(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }
}
