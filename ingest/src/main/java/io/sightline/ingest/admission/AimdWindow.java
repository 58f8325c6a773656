package io.sightline.ingest.admission;

/**
 * W, the number of frames a camera may have in flight, by additive increase and multiplicative decrease (D.-M. Chiu and
 * R. Jain, 1989): one more per window's worth of frames that were settled in time while the window was full; a part less
 * when one was late, at most once per window's worth, since the frames behind it are late for the same reason.
 *
 * @param size W as it moves, at least 1
 * @param holdUntilSeq frames before this one were sent under an older window: they no longer make it smaller
 */
public record AimdWindow(double size, long holdUntilSeq) {
    private static final double DECREASE = 0.7;

    public AimdWindow {
        if (!(size >= 1)) {
            throw new IllegalArgumentException("window of " + size + " frames");
        }
    }

    public static AimdWindow of(double initial) {
        return new AimdWindow(initial, 0);
    }

    /** How many whole frames fit, {@code cap} at most. */
    public int frames(int cap) {
        return (int) Math.max(1, Math.min(cap, Math.floor(size)));
    }

    /** A frame was settled in time. Grows only if the window was full: an idle camera must not save up a burst. */
    public AimdWindow inTime(boolean wasFull, int cap) {
        if (!wasFull) {
            return this;
        }
        return new AimdWindow(Math.max(1, Math.min(cap, size + 1 / size)), holdUntilSeq);
    }

    /** Frame {@code seq} was late, or lost, while {@code nextSeq} was about to be given. */
    public AimdWindow late(long seq, long nextSeq) {
        if (seq < holdUntilSeq) {
            return this;
        }
        return new AimdWindow(Math.max(1, size * DECREASE), nextSeq);
    }
}
