package io.sightline.app.report;

import io.sightline.contracts.frame.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A camera's part of the report.
 *
 * @param captured frames that ingest says it captured
 * @param outcomes frames by outcome, all six present, in their order
 * @param fps frames settled per second of the time over which the camera was active
 */
public record CameraReport(long captured, Map<Outcome, Long> outcomes, double fps) {
    public CameraReport {
        EnumMap<Outcome, Long> complete = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            complete.put(outcome, outcomes.getOrDefault(outcome, 0L));
        }
        outcomes = Collections.unmodifiableMap(complete);
    }

    public long settled() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    public long frames(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Captured frames without an outcome, once nothing is in flight any more. Must be 0; below 0 an outcome has no frame. */
    public long unaccounted() {
        return captured - settled();
    }
}
