package io.sightline.ingest;

import io.sightline.runtime.settings.Section;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How one camera is captured.
 *
 * @param fps pictures a second that are taken; 0 takes every one
 * @param maxWidthPx wider pictures are scaled down; 0 keeps them
 * @param jpegQuality 1 to 100
 * @param openTimeout until the source must be open
 * @param readTimeout the longest time without a picture
 */
public record CaptureSettings(
        double fps,
        int maxWidthPx,
        int jpegQuality,
        Duration openTimeout,
        Duration readTimeout,
        TlsSettings tls,
        FilePlay filePlay) {
    public static final double MAX_FPS = 240;
    public static final int MAX_WIDTH_PX = 16_384;
    public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration LONGEST_FILE = Duration.ofDays(7);

    public CaptureSettings {
        if (!(fps >= 0 && fps <= MAX_FPS)) {
            throw new IllegalArgumentException("fps " + fps + " is not within 0 (every frame) and " + MAX_FPS);
        }
        if (maxWidthPx < 0 || maxWidthPx > MAX_WIDTH_PX) {
            throw new IllegalArgumentException(
                    "max-width-px " + maxWidthPx + " is not within 0 (keep) and " + MAX_WIDTH_PX);
        }
        if (jpegQuality < 1 || jpegQuality > 100) {
            throw new IllegalArgumentException("jpeg-quality " + jpegQuality + " is not within 1 and 100");
        }
        requireTimeout("open-timeout-ms", openTimeout);
        requireTimeout("read-timeout-ms", readTimeout);
    }

    public static CaptureSettings defaults() {
        return new CaptureSettings(
                0, 1920, 90, Duration.ofSeconds(5), Duration.ofSeconds(8), TlsSettings.defaults(), FilePlay.once());
    }

    /** Reads a camera's keys, or those of all cameras; what is not given stays as in {@code others}. */
    static CaptureSettings read(Section section, CaptureSettings others) {
        return new CaptureSettings(
                section.decimal("fps", others.fps, 0, MAX_FPS),
                section.integer("max-width-px", others.maxWidthPx, 0, MAX_WIDTH_PX),
                section.integer("jpeg-quality", others.jpegQuality, 1, 100),
                section.millis("open-timeout-ms", others.openTimeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                section.millis("read-timeout-ms", others.readTimeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                new TlsSettings(
                        section.flag("tls-verify", others.tls.verify() == TlsSettings.Verify.YES)
                                ? TlsSettings.Verify.YES
                                : TlsSettings.Verify.NO,
                        section.optionalText("tls-ca-file").map(Path::of).or(others.tls::caFile)),
                new FilePlay(
                        section.millis("start-at-ms", others.filePlay.startAt(), Duration.ZERO, LONGEST_FILE),
                        section.choice("repeat", others.filePlay.repeat(), FilePlay.Repeat.class),
                        section.choice("pace", others.filePlay.pace(), FilePlay.Pace.class)));
    }

    public CaptureSettings withFps(double newFps) {
        return new CaptureSettings(newFps, maxWidthPx, jpegQuality, openTimeout, readTimeout, tls, filePlay);
    }

    public CaptureSettings withFilePlay(FilePlay newPlay) {
        return new CaptureSettings(fps, maxWidthPx, jpegQuality, openTimeout, readTimeout, tls, newPlay);
    }

    private static void requireTimeout(String name, Duration value) {
        if (value.compareTo(SHORTEST_TIMEOUT) < 0 || value.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(name + " " + value.toMillis() + " is not within "
                    + SHORTEST_TIMEOUT.toMillis() + " and " + LONGEST_TIMEOUT.toMillis());
        }
    }
}
