package io.sightline.embed;

import io.sightline.runtime.settings.Section;
import java.time.Duration;

/**
 * The stage's settings, section {@code embed}.
 *
 * @param maxAge frames older than this are shed; {@link Duration#ZERO}: never
 */
public record EmbedSettings(EmbedderSettings embedder, Duration maxAge) {

    public static EmbedSettings defaults() {
        return new EmbedSettings(EmbedderSettings.defaults(), Duration.ofSeconds(1));
    }

    /** Reads {@code section}; what is wrong is noted there, and the default stands in for it. */
    public static EmbedSettings read(Section section) {
        return new EmbedSettings(
                EmbedderSettings.read(section),
                section.millis("max-age-ms", defaults().maxAge(), Duration.ZERO, Duration.ofDays(1)));
    }

    public EmbedSettings withMaxAge(Duration age) {
        return new EmbedSettings(embedder, age);
    }
}
