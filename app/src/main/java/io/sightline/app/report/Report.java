package io.sightline.app.report;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to. {@link ReportJson} writes it.
 *
 * @param cameras in the run's order
 * @param latency from receipt to visible identity, as a consumer measured it; empty when no frame was measured
 * @param steadyLatency the same without the first seconds; for people, not part of the file
 * @param sightings by camera and beginning, each as it stood last
 */
public record Report(
        Map<CameraId, CameraReport> cameras,
        Optional<Percentiles> latency,
        Optional<Percentiles> steadyLatency,
        List<SightingLine> sightings,
        ReportedModels models) {
    public Report {
        cameras = Collections.unmodifiableMap(new LinkedHashMap<>(cameras));
        sightings = List.copyOf(sightings);
    }

    /** A camera's part; throws {@link java.util.NoSuchElementException} for one that is not of this run. */
    public CameraReport camera(CameraId id) {
        return Optional.ofNullable(cameras.get(id)).orElseThrow();
    }

    public long captured() {
        return cameras.values().stream().mapToLong(CameraReport::captured).sum();
    }

    public long settled() {
        return cameras.values().stream().mapToLong(CameraReport::settled).sum();
    }

    public long unaccounted() {
        return cameras.values().stream().mapToLong(CameraReport::unaccounted).sum();
    }

    public long frames(Outcome outcome) {
        return cameras.values().stream()
                .mapToLong(camera -> camera.frames(outcome))
                .sum();
    }

    /** Frames settled per second, all cameras together. */
    public double fps() {
        return cameras.values().stream().mapToDouble(CameraReport::fps).sum();
    }
}
