package io.sightline.ingest.capture;

import java.util.concurrent.atomic.AtomicInteger;

/** How many native objects are open: contexts, frames, packets. Zero when every capture is closed. Thread-safe. */
public final class NativeCount {
    private final AtomicInteger open = new AtomicInteger();

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    public int open() {
        return open.get();
    }
}
