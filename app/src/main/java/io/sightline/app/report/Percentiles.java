package io.sightline.app.report;

/**
 * Latency of a set of frames, milliseconds.
 *
 * @param frames how many frames were measured, at least 1
 */
public record Percentiles(long frames, double p50Ms, double p95Ms, double p99Ms) {
    public Percentiles {
        if (frames < 1) {
            throw new IllegalArgumentException("percentiles of " + frames + " frames");
        }
    }
}
