package io.sightline.runtime.metrics;

/** What a meter is, by Prometheus' types; {@link #TIMER} and {@link #SUMMARY} are histograms. */
public enum MeterKind {
    COUNTER,
    GAUGE,
    /** A histogram of durations. */
    TIMER,
    /** A histogram of anything else. */
    SUMMARY
}
