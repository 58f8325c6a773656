package io.sightline.ingest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks threads to end, once; waits that it cuts short. Thread-safe. */
final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits; true if the stop came first. */
    boolean await(Duration limit) throws InterruptedException {
        return requested.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
