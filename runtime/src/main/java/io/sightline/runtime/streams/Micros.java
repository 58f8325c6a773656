package io.sightline.runtime.streams;

import java.time.Clock;
import java.time.Instant;

/** Microseconds since 1970-01-01T00:00:00Z, the unit of every stamp in a message. */
public final class Micros {
    private Micros() {}

    public static long now(Clock clock) {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
