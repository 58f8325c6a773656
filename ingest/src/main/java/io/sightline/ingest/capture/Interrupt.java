package io.sightline.ingest.capture;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Ends blocking FFmpeg calls of one capture: at a deadline that its thread sets, or at once when any thread asks to stop.
 */
public final class Interrupt implements AutoCloseable {
    private final long id;
    private final InterruptHub hub;
    private final LongSupplier nanoTime;
    private volatile long deadlineNanos;
    private volatile boolean hasDeadline;
    private volatile boolean hasFired;
    private volatile boolean isStopped;

    Interrupt(long id, InterruptHub hub, LongSupplier nanoTime) {
        this.id = id;
        this.hub = hub;
        this.nanoTime = nanoTime;
    }

    /** Sets a new deadline from now, and forgets that an older one had passed. */
    void arm(Duration limit) {
        deadlineNanos = nanoTime.getAsLong() + limit.toNanos();
        hasFired = false;
        hasDeadline = true;
    }

    /** Whether the deadline ended a call: FFmpeg's own code does not tell. */
    boolean hasFired() {
        return hasFired;
    }

    /** Ends what runs and what comes. Any thread. */
    public void stop() {
        isStopped = true;
    }

    public boolean isStopped() {
        return isStopped;
    }

    long id() {
        return id;
    }

    boolean mustEnd() {
        if (isStopped) {
            return true;
        }
        if (hasDeadline && nanoTime.getAsLong() - deadlineNanos >= 0) {
            hasFired = true;
        }
        return hasFired;
    }

    /** After the captures that use it are closed. */
    @Override
    public void close() {
        hub.forget(id);
    }
}
