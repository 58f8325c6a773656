package io.sightline.app.evaluate.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How two sorts of scores lie apart: the share of the wanted ones that a threshold accepts against that of the unwanted ones. For verification these are
 * true and false accepts; for identification, searches of enrolled people and of strangers. A score of NaN is never accepted, and counts.
 */
public final class RocCurve {
    /** Ascending, NaN as −∞. */
    private final float[] wanted;
    /** Ascending, NaN as −∞. */
    private final float[] unwanted;

    private RocCurve(float[] wanted, float[] unwanted) {
        this.wanted = wanted;
        this.unwanted = unwanted;
    }

    public static RocCurve of(float[] wanted, float[] unwanted) {
        return new RocCurve(ascending(wanted), ascending(unwanted));
    }

    /**
     * One threshold, the least similarity that is accepted.
     *
     * @param falseAccepts of the unwanted
     * @param trueAccepts of the wanted
     */
    public record Point(float threshold, Share falseAccepts, Share trueAccepts) {}

    /** At the lowest threshold at which the share of false accepts is at most {@code rate}. */
    public Point atFalseAcceptRate(double rate) {
        int allowed = (int) Math.floor(rate * unwanted.length + 1e-9);
        float threshold = allowed >= unwanted.length ? -1 : Math.nextUp(unwanted[unwanted.length - 1 - allowed]);
        return at(Math.max(-1, threshold));
    }

    public Point at(float threshold) {
        return new Point(
                threshold,
                new Share(atLeast(unwanted, threshold), unwanted.length),
                new Share(atLeast(wanted, threshold), wanted.length));
    }

    /** From few false accepts to many, at most {@code count} points, evenly spread over the logarithm of the false accepts. */
    public List<Point> points(int count) {
        List<Point> points = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < count && unwanted.length > 0; i++) {
            double exponent = (double) i / Math.max(1, count - 1);
            int allowed = (int) Math.round(Math.pow(unwanted.length, exponent)) - (i == 0 ? 1 : 0);
            if (allowed != last) {
                points.add(atFalseAcceptRate((double) allowed / unwanted.length));
                last = allowed;
            }
        }
        return points;
    }

    public int wantedTrials() {
        return wanted.length;
    }

    public int unwantedTrials() {
        return unwanted.length;
    }

    private static float[] ascending(float[] scores) {
        float[] sorted = scores.clone();
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = Float.isNaN(sorted[i]) ? Float.NEGATIVE_INFINITY : sorted[i];
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private static int atLeast(float[] ascending, float threshold) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] >= threshold) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return ascending.length - low;
    }
}
