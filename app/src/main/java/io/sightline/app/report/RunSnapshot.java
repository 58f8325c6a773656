package io.sightline.app.report;

import io.sightline.contracts.frame.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The run at a moment.
 *
 * @param elapsed since the first frame's receipt; zero before it
 * @param sightings the latest ones as they stand, by their beginning
 * @param changes the latest openings and closings, oldest first
 * @param latency over the whole run
 * @param steadyLatency without the warm-up
 * @param unreadable records that could not be read
 */
public record RunSnapshot(
        Duration elapsed,
        List<CameraSnapshot> cameras,
        List<SightingLine> sightings,
        List<SightingChange> changes,
        Optional<Percentiles> latency,
        Optional<Percentiles> steadyLatency,
        long unreadable) {
    public RunSnapshot {
        cameras = List.copyOf(cameras);
        sightings = List.copyOf(sightings);
        changes = List.copyOf(changes);
    }

    public long settled() {
        return cameras.stream().mapToLong(CameraSnapshot::settled).sum();
    }

    public long frames(Outcome outcome) {
        return cameras.stream().mapToLong(camera -> camera.frames(outcome)).sum();
    }
}
