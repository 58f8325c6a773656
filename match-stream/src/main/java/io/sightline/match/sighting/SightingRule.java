package io.sightline.match.sighting;

import java.time.Duration;

/**
 * When a visit begins and ends.
 *
 * @param minKnownFrames frames that must support a name before its sighting opens
 * @param minUnknownFrames good frames that must show a stranger before an unknown's sighting opens
 * @param sameUnknown least cosine between the vectors of two tracks that are one stranger
 * @param gap a sighting closes when its person was not seen for so long, in the camera's time
 * @param updateInterval at most one update in so long, in the camera's time
 */
public record SightingRule(
        int minKnownFrames, int minUnknownFrames, double sameUnknown, Duration gap, Duration updateInterval) {
    public SightingRule {
        if (minKnownFrames < 1 || minUnknownFrames < 1) {
            throw new IllegalArgumentException(
                    "a sighting needs at least one frame, not " + minKnownFrames + " or " + minUnknownFrames);
        }
        if (gap.isNegative() || gap.isZero() || updateInterval.isNegative()) {
            throw new IllegalArgumentException("sighting gap " + gap + ", update interval " + updateInterval);
        }
    }

    long gapMicros() {
        return gap.toNanos() / 1_000;
    }

    long updateMicros() {
        return updateInterval.toNanos() / 1_000;
    }
}
