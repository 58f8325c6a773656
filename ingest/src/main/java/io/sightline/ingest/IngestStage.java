package io.sightline.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.ops.Stage;
import io.sightline.ingest.capture.CaptureTools;
import io.sightline.ingest.capture.InterruptHub;
import io.sightline.ingest.capture.NativeCount;
import io.sightline.ingest.publish.CreditReader;
import io.sightline.ingest.publish.KafkaPublisher;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.ops.Health;
import io.sightline.runtime.streams.KafkaConnection;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All cameras of a process, on their way to the topic {@code frames}. Thread-safe. */
public final class IngestStage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IngestStage.class);

    private final InterruptHub hub;
    private final KafkaPublisher publisher;
    private final CreditReader credit;
    private final Fleet fleet;
    private final ControlLoop control;

    private IngestStage(
            InterruptHub hub, KafkaPublisher publisher, CreditReader credit, Fleet fleet, ControlLoop control) {
        this.hub = hub;
        this.publisher = publisher;
        this.credit = credit;
        this.fleet = fleet;
        this.control = control;
    }

    /**
     * Starts capturing, at once if Kafka is there, else as soon as it is: {@link #health()} says what it waits for.
     *
     * @throws IllegalArgumentException if two cameras have one name
     */
    public static IngestStage start(
            IngestSettings settings,
            List<CameraSpec> cameras,
            KafkaConnection kafka,
            MeterRegistry registry,
            Clock wall) {
        requireDistinct(cameras);
        warnOfCredentials(cameras);
        // FFmpeg would print addresses with their passwords
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        IngestClock clock = new IngestClock(wall, System::nanoTime);
        InterruptHub hub = new InterruptHub(clock.monotonicNanos());
        WorkerTools tools = new WorkerTools(
                new CaptureTools(hub, new NativeCount(), clock::wallMicros),
                new AttemptGate(settings.simultaneousAttempts()),
                settings.reconnect(),
                clock,
                new StageMeters(registry, Stage.INGEST),
                () -> ThreadLocalRandom.current().nextDouble());
        KafkaPublisher publisher = new KafkaPublisher(kafka, settings.producerBufferBytes(), settings.tracedShare());
        Fleet fleet = new Fleet(settings, cameras, publisher, registry, tools);
        CreditReader credit = CreditReader.start(kafka, fleet::onSettled);
        ControlLoop control = ControlLoop.start(settings, kafka, publisher, fleet, clock);
        return new IngestStage(hub, publisher, credit, fleet, control);
    }

    /** How each camera is, now. */
    public Map<CameraId, CameraProgress> progress() {
        return fleet.progress();
    }

    /** Whether every camera was a file, and all are over. */
    public boolean hasEnded() {
        return fleet.hasEnded();
    }

    /** Ready once Kafka was reached and the cameras are being captured; live as long as its threads turn. */
    public Health health() {
        return control.health();
    }

    /**
     * Ends all cameras, and publishes what waits; returns when the topic has everything, or the stop timeout is over. The next
     * calls do nothing.
     */
    public void stopCapture() {
        control.stopCapture();
    }

    /** Stops the capture if nobody has, and ends all threads. */
    @Override
    public void close() {
        control.stopCapture();
        control.close();
        credit.close();
        publisher.close();
        if (fleet.areWorkersGone()) {
            hub.close();
        }
    }

    private static void requireDistinct(List<CameraSpec> cameras) {
        Set<CameraId> ids = new HashSet<>();
        for (CameraSpec camera : cameras) {
            if (!ids.add(camera.id())) {
                throw new IllegalArgumentException(
                        "two cameras are called '" + camera.id() + "': give each its own name");
            }
        }
    }

    private static void warnOfCredentials(List<CameraSpec> cameras) {
        for (CameraSpec camera : cameras) {
            if (camera.source().hasCredentialsInAddress()) {
                LOG.warn(
                        "camera {}: its address holds a password, which process lists and shell histories show; use a cameras file"
                                + " with password: env:NAME or file:PATH",
                        camera.id());
            }
        }
    }
}
