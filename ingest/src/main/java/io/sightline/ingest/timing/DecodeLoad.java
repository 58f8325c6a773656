package io.sightline.ingest.timing;

import java.time.Duration;

/**
 * Notices that decoding is the limit: pictures come later and later behind their stamps although their thread never waits.
 * Then only key frames are decoded until it waits again. Lateness alone is not enough: after a network's stall, too, pictures
 * come late and all at once. Pure; one per connection, one thread.
 *
 * <p>The delay of a picture is its arrival minus its stamp. The least delay ever seen is what the network takes; what is
 * above it has piled up before the decoder. The least delay leaks upwards, as two clocks drift.
 */
public final class DecodeLoad {
    private static final long MOST_BEHIND_MICROS = 1_500_000;
    private static final long LEAK_PPM = 500;
    private static final long JUMP_MICROS = 20_000_000;
    /** Over this time it is seen how much the thread waits. */
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private static final double SATURATED_BELOW = 0.05;
    private static final double RELAXED_ABOVE = 0.3;

    private boolean hasDelay;
    private long leastDelayMicros;
    private long lastArrivalMicros;
    private boolean hasWindow;
    private long windowStartNanos;
    private long windowWaitedNanos;
    private double waitedShare = 1;
    private boolean keyFramesOnly;

    /**
     * What the thread did so far.
     *
     * @param nowNanos on the monotonic clock
     * @param waitedNanos of these, how long it has waited in all: for packets, for a file's pace
     */
    public record Effort(long nowNanos, long waitedNanos) {}

    /** Books a picture or a skipped packet; afterwards {@link #keyFramesOnly()} says how to go on. */
    public void observe(long positionMicros, long arrivalMicros, Effort effort) {
        long behindMicros = behind(positionMicros, arrivalMicros);
        boolean isNewShare = measure(effort);
        if (!isNewShare) {
            return;
        }
        if (behindMicros > MOST_BEHIND_MICROS && waitedShare < SATURATED_BELOW) {
            keyFramesOnly = true;
        } else if (waitedShare > RELAXED_ABOVE) {
            keyFramesOnly = false;
        }
    }

    public boolean keyFramesOnly() {
        return keyFramesOnly;
    }

    private long behind(long positionMicros, long arrivalMicros) {
        long delay = arrivalMicros - positionMicros;
        if (!hasDelay || Math.abs(delay - leastDelayMicros) > JUMP_MICROS) {
            hasDelay = true;
            leastDelayMicros = delay;
        } else {
            long leak = Math.max(0, arrivalMicros - lastArrivalMicros) * LEAK_PPM / 1_000_000;
            leastDelayMicros = Math.min(leastDelayMicros + leak, delay);
        }
        lastArrivalMicros = arrivalMicros;
        return delay - leastDelayMicros;
    }

    private boolean measure(Effort effort) {
        if (!hasWindow) {
            hasWindow = true;
            beginWindow(effort);
            return false;
        }
        long nanos = effort.nowNanos - windowStartNanos;
        if (nanos < WINDOW.toNanos()) {
            return false;
        }
        waitedShare = (double) (effort.waitedNanos - windowWaitedNanos) / nanos;
        beginWindow(effort);
        return true;
    }

    private void beginWindow(Effort effort) {
        windowStartNanos = effort.nowNanos;
        windowWaitedNanos = effort.waitedNanos;
    }
}
