package io.sightline.app.evaluate.metric;

/**
 * Similarities of any number of comparisons in memory that does not grow with it: counts in {@value #BINS} bins of 1e-5 over −1 to 1. So a threshold read from it is
 * at most 1e-5 above the exact one. Belongs to one thread.
 */
public final class SimilarityHistogram {
    private static final int BINS = 200_000;
    private static final double PER_UNIT = BINS / 2.0;

    private final long[] counts = new long[BINS + 1];
    private long total;

    public void add(float similarity) {
        counts[bin(similarity)]++;
        total++;
    }

    public void add(SimilarityHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    public long total() {
        return total;
    }

    /** The lowest bin edge at which at most {@code rate} of the comparisons are as similar or more. */
    public double thresholdAt(double rate) {
        long above = 0;
        int bin = BINS;
        while (bin >= 0 && above + counts[bin] <= rate * total) {
            above += counts[bin];
            bin--;
        }
        return (bin + 1) / PER_UNIT - 1;
    }

    /** Those in bins from that of {@code threshold} on. */
    public Share atLeast(double threshold) {
        long above = 0;
        for (int bin = bin((float) threshold); bin <= BINS; bin++) {
            above += counts[bin];
        }
        return new Share(above, total);
    }

    /** Those in bins below that of {@code threshold}. */
    public Share below(double threshold) {
        return new Share(total - atLeast(threshold).count(), total);
    }

    /** {@code [columns]} shares of all comparisons, column i over −1 + 2 i / columns to −1 + 2 (i + 1) / columns. */
    public double[] density(int columns) {
        double[] shares = new double[columns];
        for (int bin = 0; bin <= BINS; bin++) {
            shares[Math.min(columns - 1, (int) ((long) bin * columns / BINS))] += counts[bin];
        }
        for (int i = 0; i < columns && total > 0; i++) {
            shares[i] /= total;
        }
        return shares;
    }

    /** Rounding to a hundredth of a bin first, so that an edge lies in the bin that it begins. */
    private static int bin(float similarity) {
        double exact = Math.round((similarity + 1.0) * PER_UNIT * 100) / 100.0;
        return (int) Math.max(0, Math.min(BINS, Math.floor(exact)));
    }
}
