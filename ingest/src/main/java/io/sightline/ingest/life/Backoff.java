package io.sightline.ingest.life;

import java.time.Duration;

/**
 * How long to wait before the next attempt: doubling from {@code first} up to {@code cap}, of which the upper half is
 * random ("equal jitter"; M. Brooker, <i>Exponential Backoff And Jitter</i>, 2015), so that a fleet that failed together
 * does not return together.
 */
public record Backoff(Duration first, Duration cap) {
    private static final int MAX_DOUBLINGS = 30;

    public Backoff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("backoff from " + first.toMillis() + " ms up to " + cap.toMillis()
                    + " ms: the first wait must be above 0 and not above the cap");
        }
    }

    /**
     * The wait after {@code failures} failed attempts in a row.
     *
     * @param failures at least 1
     * @param random from 0 up to, not including, 1
     */
    public Duration after(int failures, double random) {
        if (failures < 1 || !(random >= 0 && random < 1)) {
            throw new IllegalArgumentException("backoff after " + failures + " failures with random " + random);
        }
        int doublings = Math.min(failures - 1, MAX_DOUBLINGS);
        double ceilingMs = Math.min((double) cap.toMillis(), first.toMillis() * Math.pow(2, doublings));
        return Duration.ofMillis(Math.round(ceilingMs / 2 + ceilingMs / 2 * random));
    }
}
