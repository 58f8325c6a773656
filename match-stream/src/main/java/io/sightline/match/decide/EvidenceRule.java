package io.sightline.match.decide;

import java.time.Duration;

/**
 * How evidence of a track is gathered.
 *
 * @param minQuality a vector of a face below this quality, 0 to 1, is not evidence
 * @param maxWeight sum of qualities that the gathered vector remembers; older frames fade as newer ones come
 * @param restartBelow a vector whose cosine to the gathered one is lower shows another person: gathering begins anew
 * @param holdName how long a name stays on a track whose frames are too poor to decide, counted from its last supporting frame
 */
public record EvidenceRule(double minQuality, double maxWeight, double restartBelow, Duration holdName) {
    public EvidenceRule {
        if (!(minQuality >= 0 && minQuality <= 1)) {
            throw new IllegalArgumentException("least quality " + minQuality + " is not within 0 and 1");
        }
        if (!(maxWeight > 0)) {
            throw new IllegalArgumentException("greatest weight of evidence " + maxWeight + " is not positive");
        }
        if (!(restartBelow >= -1 && restartBelow <= 1)) {
            throw new IllegalArgumentException("similarity " + restartBelow + " to restart below is no cosine");
        }
        if (holdName.isNegative()) {
            throw new IllegalArgumentException("a name cannot be held for " + holdName);
        }
    }

    long holdMicros() {
        return holdName.toNanos() / 1_000;
    }
}
