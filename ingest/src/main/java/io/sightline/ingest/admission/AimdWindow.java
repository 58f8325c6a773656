package io.sightline.ingest.admission;

import java.util.OptionalLong;

/**
 * How many frames may be in flight, by additive increase and multiplicative decrease (D.-M. Chiu and R. Jain, 1989): one
 * more per window's worth of frames that were settled in time; a part less when one was late, at most once per window's
 * worth, since the frames sent before that are late for the same reason.
 *
 * @param size the window as it moves, at least 1
 * @param shrunkAtNanos when it was last made smaller, on the monotonic clock: frames sent before no longer count against it
 */
public record AimdWindow(double size, OptionalLong shrunkAtNanos) {
    private static final double DECREASE = 0.7;

    public AimdWindow {
        if (!(size >= 1)) {
            throw new IllegalArgumentException("window of " + size + " frames");
        }
    }

    public static AimdWindow of(double initial) {
        return new AimdWindow(initial, OptionalLong.empty());
    }

    /** A frame was settled in time. */
    public AimdWindow inTime(double most) {
        return new AimdWindow(Math.max(1, Math.min(most, size + 1 / size)), shrunkAtNanos);
    }

    /** A frame was late, or lost. */
    public AimdWindow late(long sentNanos, long nowNanos, double least) {
        if (shrunkAtNanos.isPresent() && sentNanos - shrunkAtNanos.getAsLong() < 0) {
            return this;
        }
        return new AimdWindow(Math.max(least, size * DECREASE), OptionalLong.of(nowNanos));
    }
}
