package io.sightline.app.report;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Latencies from 1 µs to one hour with three significant digits; bounded memory. Belongs to one thread. */
final class LatencyHistogram {
    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double MICROS_PER_MS = 1e3;

    private final Histogram micros = new Histogram(LONGEST_MICROS, SIGNIFICANT_DIGITS);

    /** Negative ones (a clock was set back) count as 0, longer ones as one hour. */
    void record(long latencyMicros) {
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, latencyMicros)));
    }

    /** Empty when nothing was measured. */
    Optional<Percentiles> percentiles() {
        return micros.getTotalCount() == 0
                ? Optional.empty()
                : Optional.of(new Percentiles(micros.getTotalCount(), atMs(50), atMs(95), atMs(99)));
    }

    private double atMs(double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_PER_MS;
    }
}
