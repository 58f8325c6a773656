package io.sightline.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.ops.CameraState;
import io.sightline.ingest.life.CameraCause;
import io.sightline.ingest.life.CameraLife;
import io.sightline.ingest.life.CameraPhase;
import io.sightline.ingest.publish.CameraLane;
import io.sightline.ingest.publish.LaneProgress;
import io.sightline.ingest.publish.LaneTools;
import java.time.Duration;
import java.util.Optional;

/** One camera with its status, and once it has begun its lane and worker. Thread-safe. */
final class Camera {
    private final CameraSpec spec;
    private final CameraMeters meters;
    private final IngestClock clock;
    private final CameraStatus status = new CameraStatus();

    @GuardedBy("this")
    private Optional<CameraLane> lane = Optional.empty();

    @GuardedBy("this")
    private Optional<CameraWorker> worker = Optional.empty();

    @GuardedBy("this")
    private boolean isStopRequested;

    Camera(CameraSpec spec, CameraMeters meters, IngestClock clock) {
        this.spec = spec;
        this.meters = meters;
        this.clock = clock;
    }

    synchronized void begin(long epoch, LaneTools laneTools, WorkerTools tools) {
        if (isStopRequested) {
            return;
        }
        CameraLane begun = new CameraLane(spec.id(), epoch, laneTools, meters);
        CameraWorker started = new CameraWorker(spec, begun, status, meters, tools);
        lane = Optional.of(begun);
        worker = Optional.of(started);
        started.start();
    }

    synchronized Optional<CameraLane> lane() {
        return lane;
    }

    CameraPhase phase() {
        return status.snapshot().life().phase();
    }

    /** Grows with each change that the topic should hear of at once. */
    long changes() {
        return status.snapshot().changes();
    }

    synchronized void requestStop() {
        isStopRequested = true;
        if (worker.isEmpty()) {
            status.move(CameraLife::stopped);
        }
        worker.ifPresent(CameraWorker::requestStop);
    }

    boolean awaitEnd(Duration limit) throws InterruptedException {
        Optional<CameraWorker> running = currentWorker();
        return running.isEmpty() || running.get().awaitEnd(limit);
    }

    boolean isGone() {
        return currentWorker().map(CameraWorker::isGone).orElse(true);
    }

    Number lastFrameAgeSeconds() {
        long age = lastFrameAgeMs(status.snapshot());
        return age < 0 ? Double.NaN : age / 1000.0;
    }

    int framesInFlight() {
        return lane().map(lane -> lane.progress().inFlight()).orElse(0);
    }

    CameraProgress progress() {
        CameraStatus.Snapshot now = status.snapshot();
        Optional<LaneProgress> progress = lane().map(CameraLane::progress);
        return new CameraProgress(
                now.life().phase(),
                now.life().cause(),
                now.life().detail(),
                spec.source().toString(),
                progress.map(LaneProgress::epoch).orElse(0L),
                progress.map(LaneProgress::captured).orElse(0L),
                now.life().reconnects(),
                now.codec(),
                now.widthPx(),
                now.heightPx(),
                lastFrameAgeMs(now));
    }

    /** The record for the topic {@code cameras}; empty before the capture has an epoch. */
    Optional<CameraState> state() {
        CameraStatus.Snapshot now = status.snapshot();
        return lane().map(CameraLane::progress)
                .map(progress -> new CameraState(
                        spec.id().value(),
                        now.life().phase().wireName(),
                        now.life().cause().map(CameraCause::wireName),
                        now.life().cause().map(cause -> now.life().detail()),
                        spec.source().toString(),
                        progress.epoch(),
                        progress.captured(),
                        now.life().reconnects(),
                        now.codec(),
                        now.widthPx(),
                        now.heightPx(),
                        now.timeSource().map(TimeSource::wireName),
                        clock.wallMicros()));
    }

    private synchronized Optional<CameraWorker> currentWorker() {
        return worker;
    }

    private long lastFrameAgeMs(CameraStatus.Snapshot snapshot) {
        return snapshot.hasPicture() ? (clock.nanos() - snapshot.lastPictureNanos()) / 1_000_000 : -1;
    }
}
