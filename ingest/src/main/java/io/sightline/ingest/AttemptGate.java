package io.sightline.ingest;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits how many cameras connect at one time, first come first served. It is never held while a camera streams. */
final class AttemptGate {
    private static final long POLL_MS = 100;

    private final Semaphore permits;

    AttemptGate(int simultaneous) {
        this.permits = new Semaphore(simultaneous, true);
    }

    /** Waits for a place; false if the stop came first. */
    boolean enter(StopSignal stop) throws InterruptedException {
        while (!stop.isRequested()) {
            if (permits.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    void leave() {
        permits.release();
    }
}
