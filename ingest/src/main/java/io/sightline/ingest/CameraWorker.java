package io.sightline.ingest;

import io.sightline.ingest.capture.CaptureException;
import io.sightline.ingest.capture.Interrupt;
import io.sightline.ingest.capture.JpegEncoder;
import io.sightline.ingest.capture.VideoCapture;
import io.sightline.ingest.life.CameraCause;
import io.sightline.ingest.life.CameraLife;
import io.sightline.ingest.life.CameraPhase;
import io.sightline.ingest.publish.CameraLane;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera's thread: opens it, hands its pictures on, and opens it again when it is lost, until it is stopped or its file
 * ends. Nothing that happens here reaches another camera.
 */
final class CameraWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CameraWorker.class);

    private final CameraSpec spec;
    private final WorkerTools tools;
    private final CameraStatus status;
    private final CameraMeters meters;
    private final PictureFlow flow;
    private final Interrupt interrupt;
    private final StopSignal stop = new StopSignal();
    private final Thread thread;
    private boolean isClockReported;

    CameraWorker(CameraSpec spec, CameraLane lane, CameraStatus status, CameraMeters meters, WorkerTools tools) {
        this.spec = spec;
        this.tools = tools;
        this.status = status;
        this.meters = meters;
        this.interrupt = tools.capture().hub().register();
        JpegEncoder encoder =
                new JpegEncoder(spec.capture().maxWidthPx(), tools.capture().natives());
        this.flow = new PictureFlow(spec, lane, encoder, tools, stop);
        this.thread = new Thread(this, "ingest-" + spec.id() + "-capture");
        // looking up a host name cannot be interrupted: it must not keep the process
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Asks the thread to end; a blocking read ends at once. */
    void requestStop() {
        stop.request();
        interrupt.stop();
    }

    /** Waits for the thread's end; false if it has not ended in time. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        return !thread.isAlive();
    }

    boolean isGone() {
        return !thread.isAlive();
    }

    @Override
    public void run() {
        try (interrupt;
                flow) {
            while (!stop.isRequested() && !status.snapshot().life().phase().isFinal()) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            status.move(CameraLife::stopped);
        }
    }

    private void attempt() throws InterruptedException {
        try (VideoCapture capture = open()) {
            stream(capture);
        } catch (CaptureException e) {
            if (!e.isStopRequested()) {
                failed(e.why(), String.valueOf(e.getMessage()));
            }
        } catch (RuntimeException e) {
            LOG.error("camera {}: capture failed unexpectedly", spec.id(), e);
            failed(CameraCause.FAILED, "capture failed: " + e.getClass().getSimpleName());
        }
    }

    private VideoCapture open() throws CaptureException, InterruptedException {
        if (spec.source().isFile()) {
            return VideoCapture.open(spec.openRequest(), tools.capture(), interrupt);
        }
        boolean hasEntered = tools.gate().enter(stop);
        try {
            return VideoCapture.open(spec.openRequest(), tools.capture(), interrupt);
        } finally {
            if (hasEntered) {
                tools.gate().leave();
            }
        }
    }

    private void stream(VideoCapture capture) throws CaptureException, InterruptedException {
        flow.begin(capture);
        long bytes = 0;
        long errors = 0;
        while (!stop.isRequested()) {
            VideoCapture.Step step = timedNext(capture);
            meters.received(capture.bytes() - bytes, capture.decodeErrors() - errors);
            bytes = capture.bytes();
            errors = capture.decodeErrors();
            switch (step) {
                case PICTURE -> picture(capture);
                case SKIPPED -> flow.skipped(capture);
                case END -> {
                    end();
                    return;
                }
            }
        }
    }

    private VideoCapture.Step timedNext(VideoCapture capture) throws CaptureException {
        long start = tools.clock().nanos() - capture.waitedNanos();
        VideoCapture.Step step = capture.next();
        tools.meters().step("decode", tools.clock().nanos() - capture.waitedNanos() - start);
        return step;
    }

    private void picture(VideoCapture capture) throws InterruptedException {
        var picture = capture.picture();
        long now = tools.clock().nanos();
        status.picture(capture.codecName(), picture.widthPx(), picture.heightPx(), picture.source(), now);
        if (status.snapshot().life().phase() != CameraPhase.STREAMING) {
            status.move(life -> life.streaming(now));
            LOG.info(
                    "camera {}: streaming {} {}x{} from {}",
                    spec.id(),
                    capture.codecName(),
                    picture.widthPx(),
                    picture.heightPx(),
                    spec.source());
        }
        capture.clockOffsetMicros().ifPresent(meters::clockOffset);
        if (capture.isCameraClockWrong() && !isClockReported) {
            isClockReported = true;
            LOG.warn(
                    "camera {}: its clock is off by more than 10 s, so its capture times are not used; set its NTP server",
                    spec.id());
        }
        flow.picture(capture);
    }

    private void end() {
        if (spec.capture().filePlay().repeat() == FilePlay.Repeat.LOOP) {
            return;
        }
        status.move(life -> life.ended(CameraCause.END_OF_STREAM, "its recording is over"));
        LOG.info("camera {}: {} is over", spec.id(), spec.source());
    }

    private void failed(CameraCause why, String detail) throws InterruptedException {
        if (spec.source().isFile()) {
            status.move(life -> life.ended(why, detail));
            LOG.error("camera {}: {}", spec.id(), detail);
            return;
        }
        boolean wasStreaming = status.snapshot().life().phase() == CameraPhase.STREAMING;
        boolean isSameCause =
                status.snapshot().life().cause().filter(why::equals).isPresent();
        CameraLife life = status.move(old -> old.lost(why, detail, tools.clock().nanos()));
        meters.reconnect(why);
        Duration wait = tools.backoff().after(life.failures(), tools.random().getAsDouble());
        if (wasStreaming || !isSameCause) {
            LOG.warn(
                    "camera {}: {}; trying again in {} ms (attempt {})",
                    spec.id(),
                    detail,
                    wait.toMillis(),
                    life.failures());
        }
        stop.await(wait);
    }
}
