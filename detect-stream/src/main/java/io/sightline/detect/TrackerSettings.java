package io.sightline.detect;

import io.sightline.runtime.settings.Section;
import java.time.Duration;

/**
 * How faces are followed.
 *
 * @param beginScore the least detection score that begins a track; fainter faces only go on with one
 * @param maxGap how long a face may be unseen, by captured time, and keep its track
 */
public record TrackerSettings(float beginScore, Duration maxGap) {

    public static TrackerSettings defaults() {
        return new TrackerSettings(0.6f, Duration.ofMillis(800));
    }

    public static TrackerSettings read(Section section) {
        TrackerSettings byDefault = defaults();
        return new TrackerSettings(
                (float) section.decimal("begin-score", byDefault.beginScore(), 0.05, 1),
                section.millis("max-gap-ms", byDefault.maxGap(), Duration.ZERO, Duration.ofSeconds(10)));
    }
}
