package io.sightline.match.gallery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.concurrent.TimeUnit;

/** How long calls to Redis take, a second attempt included. Thread-safe. */
final class RedisTimes {
    private final Timer ok;
    private final Timer failed;

    RedisTimes(MeterRegistry registry) {
        this.ok = Meters.timer(registry, SightlineMeter.REDIS_CALL, "ok");
        this.failed = Meters.timer(registry, SightlineMeter.REDIS_CALL, "failed");
    }

    void took(long nanos, boolean isAnswered) {
        (isAnswered ? ok : failed).record(nanos, TimeUnit.NANOSECONDS);
    }
}
