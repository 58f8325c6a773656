package io.sightline.app.report;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One camera at a moment of the run.
 *
 * @param state as the camera's last state record says; {@code waiting} before the first
 * @param outcomes frames by outcome, all six present, in their order
 * @param missing sequence numbers that later ones have overtaken: in flight at best, unaccounted at worst
 * @param recentFps frames settled per second over the last seconds
 * @param recentLatency over the last seconds
 * @param inView faces of the latest frame, if that is recent
 */
public record CameraSnapshot(
        CameraId camera,
        String state,
        Optional<String> cause,
        Optional<String> detail,
        Map<Outcome, Long> outcomes,
        long missing,
        double recentFps,
        Optional<Percentiles> recentLatency,
        List<FaceNow> inView) {
    public CameraSnapshot {
        EnumMap<Outcome, Long> complete = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            complete.put(outcome, outcomes.getOrDefault(outcome, 0L));
        }
        outcomes = Collections.unmodifiableMap(complete);
        inView = List.copyOf(inView);
    }

    public long settled() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    public long frames(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
