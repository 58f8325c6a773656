package io.sightline.runtime.metrics;

import java.time.Duration;
import java.util.Arrays;

/** Upper bounds of histograms; each is also a limit that an objective can be stated for. */
enum Buckets {
    /** 1 ms to 10 s. */
    LATENCY(0.001, 0.002, 0.005, 0.010, 0.020, 0.035, 0.050, 0.075, 0.1, 0.15, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0),
    /** 10 µs to 100 ms, for what happens in memory. */
    SEARCH(0.000_01, 0.000_02, 0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.010, 0.1),
    /** A few things at once; up to 1 there is one, or none: whether there were any tells another meter. */
    COUNT(1, 2, 3, 4, 6, 8, 12, 16, 24, 32),
    /** Qualities, 0 to 100. Whole numbers: Micrometer rounds what it puts into a bucket up to the next one. */
    PERCENT(10, 20, 30, 40, 50, 60, 70, 80, 90, 100),
    /** Cosines times 100; finest where thresholds lie. Micrometer takes no bound at or below 0: all those fall into the first. */
    COSINE(5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 80, 100);

    @SuppressWarnings("ImmutableEnumChecker") // never handed out
    private final double[] bounds;

    Buckets(double... bounds) {
        this.bounds = bounds;
    }

    double[] bounds() {
        return bounds.clone();
    }

    /** The bounds as seconds. */
    Duration[] durations() {
        return Arrays.stream(bounds)
                .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
                .toArray(Duration[]::new);
    }
}
