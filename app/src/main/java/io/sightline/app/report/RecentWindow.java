package io.sightline.app.report;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a live view shows of one camera: frames settled per second and latency over the last seconds. Bounded: one slot per second, and
 * the last {@value #LATENCIES} latencies. Belongs to one thread.
 */
final class RecentWindow {
    static final int SECONDS = 5;
    private static final int LATENCIES = 256;
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final double MICROS_PER_MS = 1e3;

    private final long[] frames = new long[SECONDS + 1];
    private final long[] slotSecond = new long[SECONDS + 1];
    private final long[] latencyMicros = new long[LATENCIES];
    private final long[] latencyAtMicros = new long[LATENCIES];
    private long latencies;
    private long firstAtMicros = Long.MAX_VALUE;

    void settled(long count, long atMicros) {
        long second = Math.floorDiv(atMicros, MICROS_PER_SECOND);
        int slot = (int) Math.floorMod(second, (long) frames.length);
        if (slotSecond[slot] != second) {
            slotSecond[slot] = second;
            frames[slot] = 0;
        }
        frames[slot] += count;
        firstAtMicros = Math.min(firstAtMicros, atMicros);
    }

    void latency(long micros, long atMicros) {
        int slot = (int) (latencies++ % LATENCIES);
        latencyMicros[slot] = Math.max(0, micros);
        latencyAtMicros[slot] = atMicros;
    }

    /** Frames per second over the last {@value #SECONDS} whole seconds, or since the first frame if that is less. */
    double framesPerSecond(long nowMicros) {
        if (nowMicros <= firstAtMicros) {
            return 0;
        }
        long second = Math.floorDiv(nowMicros, MICROS_PER_SECOND);
        long sum = 0;
        for (int slot = 0; slot < frames.length; slot++) {
            if (slotSecond[slot] <= second && slotSecond[slot] >= second - SECONDS) {
                sum += frames[slot];
            }
        }
        double sinceWindow = SECONDS + (nowMicros - second * MICROS_PER_SECOND) / (double) MICROS_PER_SECOND;
        double sinceFirst = (nowMicros - firstAtMicros) / (double) MICROS_PER_SECOND;
        return sum / Math.max(1, Math.min(sinceWindow, sinceFirst));
    }

    /** Of the latencies not older than {@value #SECONDS} s; empty when there is none. */
    Optional<Percentiles> latency(long nowMicros) {
        long since = nowMicros - SECONDS * MICROS_PER_SECOND;
        int kept = (int) Math.min(latencies, LATENCIES);
        long[] recent = new long[kept];
        int count = 0;
        for (int slot = 0; slot < kept; slot++) {
            if (latencyAtMicros[slot] >= since) {
                recent[count++] = latencyMicros[slot];
            }
        }
        if (count == 0) {
            return Optional.empty();
        }
        Arrays.sort(recent, 0, count);
        return Optional.of(new Percentiles(
                count, rank(recent, count, 0.50), rank(recent, count, 0.95), rank(recent, count, 0.99)));
    }

    /** Nearest-rank percentile. */
    private static double rank(long[] sorted, int count, double share) {
        int index = Math.max(0, (int) Math.ceil(share * count) - 1);
        return sorted[index] / MICROS_PER_MS;
    }
}
