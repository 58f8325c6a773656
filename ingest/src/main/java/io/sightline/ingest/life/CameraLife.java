package io.sightline.ingest.life;

import java.time.Duration;
import java.util.Optional;

/**
 * One camera's state; each event gives the next state.
 *
 * @param cause why it is not streaming, while it is not
 * @param detail the cause in a sentence, without credentials; empty while all is well
 * @param failures attempts that failed in a row; a stream that held for {@link #STABLE} clears it
 * @param reconnects how often a stream that worked was lost, or an attempt failed, since the start
 * @param streamingSinceNanos on the monotonic clock; meaningful while streaming
 */
public record CameraLife(
        CameraPhase phase,
        Optional<CameraCause> cause,
        String detail,
        int failures,
        int reconnects,
        long streamingSinceNanos) {
    /** A stream that lasted this long has proved itself: the next loss starts with the shortest wait again. */
    public static final Duration STABLE = Duration.ofSeconds(10);

    /** Before the first attempt. */
    public static CameraLife begin() {
        return new CameraLife(CameraPhase.CONNECTING, Optional.empty(), "", 0, 0, 0);
    }

    /** The first picture of an attempt was decoded. */
    public CameraLife streaming(long nowNanos) {
        if (phase.isFinal()) {
            return this;
        }
        return new CameraLife(CameraPhase.STREAMING, Optional.empty(), "", failures, reconnects, nowNanos);
    }

    /** A live camera failed: the attempt, or the stream. It will be tried again. */
    public CameraLife lost(CameraCause why, String sentence, long nowNanos) {
        if (phase.isFinal()) {
            return this;
        }
        boolean wasStable = phase == CameraPhase.STREAMING && nowNanos - streamingSinceNanos >= STABLE.toNanos();
        int inARow = wasStable ? 1 : failures + 1;
        return new CameraLife(
                CameraPhase.RECONNECTING, Optional.of(why), sentence, inARow, reconnects + 1, streamingSinceNanos);
    }

    /** A file is over ({@link CameraCause#END_OF_STREAM}), or cannot be played (any other cause). */
    public CameraLife ended(CameraCause why, String sentence) {
        if (phase.isFinal()) {
            return this;
        }
        return new CameraLife(CameraPhase.ENDED, Optional.of(why), sentence, failures, reconnects, streamingSinceNanos);
    }

    /** Asked to stop. A file that ended stays ended. */
    public CameraLife stopped() {
        if (phase == CameraPhase.ENDED) {
            return this;
        }
        return new CameraLife(CameraPhase.STOPPED, cause, detail, failures, reconnects, streamingSinceNanos);
    }
}
