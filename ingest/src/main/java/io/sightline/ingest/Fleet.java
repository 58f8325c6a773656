package io.sightline.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.ledger.Settled;
import io.sightline.ingest.life.CameraPhase;
import io.sightline.ingest.life.Epochs;
import io.sightline.ingest.publish.FrameSink;
import io.sightline.ingest.publish.LaneTools;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cameras of a process: those that wait to begin, and those that have begun. Thread-safe. */
final class Fleet {
    private final WorkerTools tools;
    private final LaneTools laneTools;
    private final Map<CameraId, Camera> cameras = new LinkedHashMap<>();

    Fleet(IngestSettings settings, List<CameraSpec> specs, FrameSink sink, MeterRegistry registry, WorkerTools tools) {
        this.tools = tools;
        this.laneTools = LaneTools.of(sink, settings.admission(), specs.size(), settings.brokerPatience());
        for (CameraSpec spec : specs) {
            Camera camera = new Camera(spec, new CameraMeters(registry, spec.id()), tools.clock());
            cameras.put(spec.id(), camera);
            String name = spec.id().value();
            Meters.gauge(registry, SightlineMeter.CAMERA_FRAME_AGE, camera::lastFrameAgeSeconds, name);
            Meters.gauge(
                    registry, SightlineMeter.CAMERA_STATE, () -> camera.phase().number(), name);
            Meters.gauge(registry, SightlineMeter.FRAMES_IN_FLIGHT, camera::framesInFlight, name);
            Meters.gauge(registry, SightlineMeter.CAMERA_WINDOW, laneTools.window()::framesPerCamera, name);
        }
    }

    /** Begins every camera with an epoch above its last one. Called once. */
    void begin(Map<String, Long> lastEpochs, long nowMillis) {
        cameras.forEach((id, camera) -> {
            long epoch = Epochs.begin(nowMillis, lastEpochs.getOrDefault(id.value(), -1L));
            camera.begin(epoch, laneTools, tools);
        });
    }

    Iterable<Camera> cameras() {
        return cameras.values();
    }

    /** Shares the frames in flight evenly over the cameras that stream, and lets each lane take its turn. */
    void tick(long nowNanos) {
        int streaming = (int) cameras.values().stream()
                .filter(camera -> camera.phase() == CameraPhase.STREAMING)
                .count();
        laneTools.window().share(streaming);
        cameras.values().forEach(camera -> camera.lane().ifPresent(lane -> lane.tick(nowNanos)));
    }

    void onSettled(Settled settled) {
        if (CameraId.isValid(settled.camera())) {
            Optional.ofNullable(cameras.get(new CameraId(settled.camera())))
                    .flatMap(Camera::lane)
                    .ifPresent(lane -> lane.onSettled(settled, tools.clock().nanos()));
        }
    }

    Map<CameraId, CameraProgress> progress() {
        Map<CameraId, CameraProgress> all = new LinkedHashMap<>();
        cameras.forEach((id, camera) -> all.put(id, camera.progress()));
        return all;
    }

    boolean hasEnded() {
        return cameras.values().stream().allMatch(camera -> camera.phase() == CameraPhase.ENDED);
    }

    void requestStop() {
        cameras.values().forEach(Camera::requestStop);
    }

    /** Waits for all threads; false if some have not ended in time. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = tools.clock().nanos() + limit.toNanos();
        for (Camera camera : cameras.values()) {
            camera.awaitEnd(Duration.ofNanos(
                    Math.max(1_000_000, deadline - tools.clock().nanos())));
        }
        return areWorkersGone();
    }

    boolean areWorkersGone() {
        return cameras.values().stream().allMatch(Camera::isGone);
    }

    /** Publishes what waits; whether the topic has everything. */
    boolean drain(long nowNanos) {
        boolean isEmpty = true;
        for (Camera camera : cameras.values()) {
            isEmpty &= camera.lane().map(lane -> lane.drain(nowNanos)).orElse(true);
        }
        return isEmpty;
    }
}
