package io.sightline.app.bench.models;

import java.util.Arrays;

/** The times of one network over the rounds of a bench, in milliseconds a picture. */
public record Spread(double minMs, double medianMs, double maxMs) {
    /** Of at least one round. */
    static Spread of(double[] roundsMs) {
        double[] sorted = roundsMs.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
