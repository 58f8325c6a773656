package io.sightline.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sightline.ingest.publish.EpochReader;
import io.sightline.ingest.publish.KafkaPublisher;
import io.sightline.runtime.ops.Health;
import io.sightline.runtime.settings.Masking;
import io.sightline.runtime.streams.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ingest's housekeeper, a thread ({@code ingest-control}): learns the last epochs, begins the cameras, then gives the lanes
 * their turns and publishes the cameras' states.
 */
final class ControlLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
    private static final Duration TURN = Duration.ofMillis(100);
    private static final Duration KAFKA_RETRY = Duration.ofSeconds(1);
    private static final Duration KAFKA_ANSWER = Duration.ofSeconds(5);
    private static final Duration SHORT_WAIT = Duration.ofMillis(10);
    /** A thread that has not turned for so long is stuck. */
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final IngestSettings settings;
    private final KafkaConnection kafka;
    private final KafkaPublisher publisher;
    private final Fleet fleet;
    private final IngestClock clock;
    private final StopSignal stop = new StopSignal();
    private final Thread thread = new Thread(this::run, "ingest-control");
    private final Map<Camera, Published> published = new HashMap<>();
    private volatile Optional<String> waitsFor = Optional.of("waiting for Kafka");
    private volatile long lastTurnNanos;

    @GuardedBy("this")
    private boolean isCaptureStopped;

    private record Published(long changes, long atNanos) {}

    private ControlLoop(
            IngestSettings settings, KafkaConnection kafka, KafkaPublisher publisher, Fleet fleet, IngestClock clock) {
        this.settings = settings;
        this.kafka = kafka;
        this.publisher = publisher;
        this.fleet = fleet;
        this.clock = clock;
        this.lastTurnNanos = clock.nanos();
    }

    static ControlLoop start(
            IngestSettings settings, KafkaConnection kafka, KafkaPublisher publisher, Fleet fleet, IngestClock clock) {
        ControlLoop loop = new ControlLoop(settings, kafka, publisher, fleet, clock);
        loop.thread.start();
        return loop;
    }

    Health health() {
        boolean isStuck = clock.nanos() - lastTurnNanos > STUCK.toNanos();
        if (isStuck || (!thread.isAlive() && !stop.isRequested())) {
            return Health.dead("ingest-control does not turn: restart ingest");
        }
        return waitsFor.map(Health::waiting).orElseGet(() -> Health.ready("capturing"));
    }

    /** Ends the cameras and publishes what waits. */
    synchronized void stopCapture() {
        if (isCaptureStopped) {
            return;
        }
        isCaptureStopped = true;
        fleet.requestStop();
        long deadline = clock.nanos() + settings.stopTimeout().toNanos();
        try {
            if (!fleet.awaitEnd(settings.stopTimeout())) {
                LOG.warn(
                        "some cameras did not end within {} ms",
                        settings.stopTimeout().toMillis());
            }
            while (!fleet.drain(clock.nanos()) && clock.nanos() - deadline < 0) {
                // stop.await would return at once when close() came first
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reportLoss();
        fleet.cameras().forEach(camera -> camera.state().ifPresent(publisher::offer));
    }

    @Override
    public void close() {
        stop.request();
        try {
            thread.join(settings.stopTimeout().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            if (begin()) {
                do {
                    turn();
                } while (!stop.await(TURN));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean begin() throws InterruptedException {
        String lastWord = "";
        while (!stop.isRequested()) {
            lastTurnNanos = clock.nanos();
            try {
                Map<String, Long> lastEpochs = EpochReader.lastEpochs(kafka);
                awaitProducer();
                fleet.begin(lastEpochs, clock.wallMillis());
                waitsFor = Optional.empty();
                return true;
            } catch (KafkaException e) {
                String word = Masking.text(String.valueOf(e.getMessage()));
                waitsFor = Optional.of("waiting for Kafka at " + kafka.bootstrapServers() + ": " + word);
                if (!word.equals(lastWord)) {
                    LOG.warn("ingest waits for Kafka at {}: {}", kafka.bootstrapServers(), word);
                    lastWord = word;
                }
            }
            stop.await(KAFKA_RETRY);
        }
        return false;
    }

    private void awaitProducer() throws InterruptedException {
        long deadline = clock.nanos() + KAFKA_ANSWER.toNanos();
        while (!publisher.isReady() && !stop.await(SHORT_WAIT)) {
            if (clock.nanos() - deadline > 0) {
                throw new KafkaException("the topic for frames is not there: run 'sightline topics create'");
            }
        }
    }

    private void turn() {
        lastTurnNanos = clock.nanos();
        try {
            publisher.renewIfFailed();
            fleet.tick(lastTurnNanos);
            fleet.cameras().forEach(this::publishState);
        } catch (RuntimeException e) {
            LOG.error("ingest-control: a turn failed; the next one follows", e);
        }
    }

    private void publishState(Camera camera) {
        Published last = published.getOrDefault(camera, new Published(-1, 0));
        long changes = camera.changes();
        boolean isDue = changes != last.changes
                || clock.nanos() - last.atNanos >= settings.stateInterval().toNanos();
        if (isDue && camera.state().map(publisher::offer).orElse(false)) {
            published.put(camera, new Published(changes, clock.nanos()));
        }
    }

    private void reportLoss() {
        fleet.cameras()
                .forEach(camera -> camera.lane().ifPresent(lane -> {
                    long unpublished = lane.progress().unpublished();
                    if (unpublished > 0) {
                        LOG.warn(
                                "{} frames of {} were not published within the stop timeout",
                                unpublished,
                                camera.state());
                    }
                }));
    }
}
