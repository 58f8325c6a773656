package io.sightline.ingest.admission;

import java.time.Duration;

/**
 * Bounds of the admission control.
 *
 * @param targetLatency a frame settled later than this makes its camera's window smaller
 * @param initial the window at the start, frames
 * @param maxPerCamera the widest window of one camera, frames
 * @param maxTotal frames in flight of the whole fleet; shared evenly over the cameras that stream
 * @param expiry a frame not settled after this no longer counts as in flight
 */
public record CreditSettings(Duration targetLatency, int initial, int maxPerCamera, int maxTotal, Duration expiry) {
    public CreditSettings {
        if (initial < 1 || maxPerCamera < 1 || maxTotal < 1) {
            throw new IllegalArgumentException("admission windows of " + initial + ", " + maxPerCamera + " and "
                    + maxTotal + " frames: each must be at least 1");
        }
        if (targetLatency.isNegative() || targetLatency.isZero() || expiry.compareTo(targetLatency) <= 0) {
            throw new IllegalArgumentException("admission: the expiry (" + expiry.toMillis()
                    + " ms) must be above the target latency (" + targetLatency.toMillis() + " ms)");
        }
    }

    public static CreditSettings defaults() {
        return new CreditSettings(Duration.ofMillis(400), 8, 32, 128, Duration.ofSeconds(10));
    }

    /** Each streaming camera's part of the fleet's frames, at least 1. */
    public int share(int streamingCameras) {
        return Math.max(1, maxTotal / Math.max(1, streamingCameras));
    }
}
