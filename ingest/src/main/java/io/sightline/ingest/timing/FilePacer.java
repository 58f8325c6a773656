package io.sightline.ingest.timing;

import java.time.Duration;

/**
 * When a file's pictures are due, played as if live: each at its place on the file's line. A play that has fallen behind
 * by more than {@link #MOST_BEHIND} (the process was stopped, or the disk) gives up catching up. Pure; one thread.
 */
public final class FilePacer {
    /** Up to here it plays faster to be on time again. */
    public static final Duration MOST_BEHIND = Duration.ofSeconds(5);

    private final long startNanos;
    private final long startWallMicros;
    private long shiftMicros;

    /** Place 0 of the line is now, on the monotonic and on the wall clock. */
    public FilePacer(long startNanos, long startWallMicros) {
        this.startNanos = startNanos;
        this.startWallMicros = startWallMicros;
    }

    /** How long the picture at this place has to wait, nanoseconds; 0 if it is due or late. */
    public long waitNanos(long placeMicros, long nowNanos) {
        long dueNanos = startNanos + (placeMicros + shiftMicros) * 1_000;
        long lateNanos = nowNanos - dueNanos;
        if (lateNanos > MOST_BEHIND.toNanos()) {
            shiftMicros += lateNanos / 1_000;
            return 0;
        }
        return Math.max(0, -lateNanos);
    }

    /** Wall time of a place, microseconds UTC. */
    public long wallMicros(long placeMicros) {
        return startWallMicros + placeMicros + shiftMicros;
    }
}
