package io.sightline.match.picture;

import io.sightline.runtime.settings.Section;
import java.time.Duration;

/**
 * How long pictures of sightings are kept, and how many may wait to be written.
 *
 * @param timeToLive after which Redis forgets a picture
 * @param queueSize pictures that wait; further ones are dropped and counted
 */
public record PictureSettings(Duration timeToLive, int queueSize) {
    private static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofDays(7);
    private static final int DEFAULT_QUEUE_SIZE = 256;

    public PictureSettings {
        if (timeToLive.toMillis() < 1 || queueSize < 1) {
            throw new IllegalArgumentException(
                    "pictures: time to live " + timeToLive + " and queue of " + queueSize + " must be positive");
        }
    }

    public static PictureSettings defaults() {
        return new PictureSettings(DEFAULT_TIME_TO_LIVE, DEFAULT_QUEUE_SIZE);
    }

    /** Reads the section {@code match.pictures}. */
    public static PictureSettings read(Section section) {
        return new PictureSettings(
                section.millis("time-to-live-ms", DEFAULT_TIME_TO_LIVE, Duration.ofMinutes(1), Duration.ofDays(90)),
                section.integer("queue-size", DEFAULT_QUEUE_SIZE, 1, 100_000));
    }
}
