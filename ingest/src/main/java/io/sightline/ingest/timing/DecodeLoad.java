package io.sightline.ingest.timing;

import java.time.Duration;

/**
 * Notices that decoding is the limit: pictures come later and later behind their stamps. Then only key frames are
 * decoded until the stream has been caught up with. Pure; one per connection, one thread.
 *
 * <p>The delay of a picture is its arrival minus its stamp. The least delay ever seen is what the network takes; what is
 * above it has piled up before the decoder. The least delay leaks upwards, as two clocks drift.
 */
public final class DecodeLoad {
    private static final Duration FALL = Duration.ofMillis(1500);
    private static final Duration RECOVER = Duration.ofMillis(200);
    private static final long LEAK_PPM = 500;
    private static final long JUMP_MICROS = 20_000_000;

    private boolean hasDelay;
    private long leastDelayMicros;
    private long lastArrivalMicros;
    private boolean keyFramesOnly;

    /** Books a picture or a skipped packet; afterwards {@link #keyFramesOnly()} says how to go on. */
    public void observe(long positionMicros, long arrivalMicros) {
        long delay = arrivalMicros - positionMicros;
        if (!hasDelay || Math.abs(delay - leastDelayMicros) > JUMP_MICROS) {
            hasDelay = true;
            leastDelayMicros = delay;
        } else {
            long leak = Math.max(0, arrivalMicros - lastArrivalMicros) * LEAK_PPM / 1_000_000;
            leastDelayMicros = Math.min(leastDelayMicros + leak, delay);
        }
        lastArrivalMicros = arrivalMicros;
        long behind = delay - leastDelayMicros;
        if (behind > FALL.toNanos() / 1000) {
            keyFramesOnly = true;
        } else if (behind < RECOVER.toNanos() / 1000) {
            keyFramesOnly = false;
        }
    }

    public boolean keyFramesOnly() {
        return keyFramesOnly;
    }
}
