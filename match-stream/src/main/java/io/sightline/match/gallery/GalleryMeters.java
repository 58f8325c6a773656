package io.sightline.match.gallery;

import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.time.Clock;
import java.time.Duration;

/** How large the local gallery is, and how long ago it last heard from Redis. */
final class GalleryMeters {
    private static final double MILLIS_PER_SECOND = 1_000;

    private GalleryMeters() {}

    static void bind(MeterRegistry registry, GalleryIndex index, Clock clock) {
        Meters.gauge(registry, SightlineMeter.GALLERY_PERSONS, () -> index.get().persons());
        Meters.gauge(
                registry, SightlineMeter.GALLERY_TEMPLATES, () -> index.get().templates());
        Meters.gauge(registry, SightlineMeter.GALLERY_REVISION, index::revision);
        Meters.gauge(
                registry,
                SightlineMeter.GALLERY_SYNC_AGE,
                () -> Duration.between(index.health().lastInStepAt(), clock.instant())
                                .toMillis()
                        / MILLIS_PER_SECOND);
    }
}
