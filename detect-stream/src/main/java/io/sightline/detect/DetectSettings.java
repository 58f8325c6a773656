package io.sightline.detect;

import io.sightline.detect.jpeg.JpegDecoder;
import io.sightline.runtime.settings.Section;
import java.time.Duration;

/**
 * The stage's settings, section {@code detect}.
 *
 * @param maxPixels the largest width · height of a picture that is decoded; a larger one is rejected as oversize
 * @param cropMaxSidePx the longest side of a face's crop
 * @param maxAge frames older than this are shed; {@link Duration#ZERO}: never
 */
public record DetectSettings(
        DetectorSettings detector, TrackerSettings track, int maxPixels, int cropMaxSidePx, Duration maxAge) {

    public static DetectSettings defaults() {
        return new DetectSettings(
                DetectorSettings.defaults(),
                TrackerSettings.defaults(),
                JpegDecoder.DEFAULT_MAX_PIXELS,
                256,
                Duration.ofSeconds(1));
    }

    /** Reads {@code section}; what is wrong is noted there, and the default stands in for it. */
    public static DetectSettings read(Section section) {
        DetectSettings byDefault = defaults();
        DetectSettings read = new DetectSettings(
                DetectorSettings.read(section),
                TrackerSettings.read(section.section("track")),
                section.integer("max-pixels", byDefault.maxPixels(), 1, 1 << 28),
                section.integer("crop-max-side-px", byDefault.cropMaxSidePx(), 64, 1024),
                section.millis("max-age-ms", byDefault.maxAge(), Duration.ZERO, Duration.ofDays(1)));
        if (read.track().beginScore() < read.detector().minScore()) {
            section.problem(
                    "track.begin-score",
                    "is " + read.track().beginScore() + ", below min-score "
                            + read.detector().minScore()
                            + ": fainter faces are never found; raise it or lower min-score");
        }
        return read;
    }

    public DetectSettings withMaxAge(Duration age) {
        return new DetectSettings(detector, track, maxPixels, cropMaxSidePx, age);
    }
}
