package io.sightline.ingest;

import io.sightline.runtime.streams.Micros;
import java.time.Clock;
import java.util.function.LongSupplier;

/** Both times: wall time for stamps, a monotonic one for waits. Never subtract one from the other. */
record IngestClock(Clock wall, LongSupplier monotonicNanos) {
    long wallMicros() {
        return Micros.now(wall);
    }

    long wallMillis() {
        return wall.millis();
    }

    long nanos() {
        return monotonicNanos.getAsLong();
    }
}
