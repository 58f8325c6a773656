package io.sightline.ingest.admission;

import java.time.Duration;

/**
 * Bounds of the admission control.
 *
 * @param targetLatency a frame settled later than this makes the fleet's window smaller
 * @param initialPerCamera each camera's part of the window at the start, frames
 * @param maxPerCamera the most that one camera may have in flight, frames
 * @param maxTotal the most that the fleet may have in flight, frames; but each camera may always have one
 * @param expiry a frame not settled after this no longer counts as in flight
 */
public record CreditSettings(
        Duration targetLatency, int initialPerCamera, int maxPerCamera, int maxTotal, Duration expiry) {
    public CreditSettings {
        if (initialPerCamera < 1 || maxPerCamera < 1 || maxTotal < 1) {
            throw new IllegalArgumentException("admission windows of " + initialPerCamera + ", " + maxPerCamera
                    + " and " + maxTotal + " frames: each must be at least 1");
        }
        if (targetLatency.isNegative() || targetLatency.isZero() || expiry.compareTo(targetLatency) <= 0) {
            throw new IllegalArgumentException("admission: the expiry (" + expiry.toMillis()
                    + " ms) must be above the target latency (" + targetLatency.toMillis() + " ms)");
        }
    }

    /** At the start, what a camera of 25 frames a second sends within the target latency. */
    public static CreditSettings defaults() {
        return new CreditSettings(Duration.ofMillis(400), 10, 32, 128, Duration.ofSeconds(10));
    }
}
