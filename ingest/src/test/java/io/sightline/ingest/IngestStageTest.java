package io.sightline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.ingest.life.CameraPhase;
import io.sightline.ingest.publish.FrameSink;
import io.sightline.ingest.publish.KafkaPublisher;
import io.sightline.runtime.streams.KafkaConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The stage where there is no Kafka: the start order is free, and nothing blocks. */
@Timeout(60)
class IngestStageTest {
    private final KafkaConnection nowhere = KafkaConnection.to("127.0.0.1:" + TestCameras.refusedPort());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.sightline");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void noThreadIsLeft() {
        logger.detachAppender(log);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("ingest-"));
    }

    @Test
    void withoutKafkaTheStageWaitsAndSaysForWhat() {
        try (IngestStage stage = start(CameraSpec.parse("gate=rtsp://127.0.0.1:1/s"))) {
            assertThat(stage.health().isLive()).isTrue();
            assertThat(stage.health().isReady()).isFalse();
            assertThat(stage.health().detail()).startsWith("waiting for Kafka");
            assertThat(stage.hasEnded()).isFalse();
            assertThat(stage.progress().get(new CameraId("gate")))
                    .extracting(progress -> progress.state())
                    .isEqualTo(CameraPhase.CONNECTING);
        }
    }

    @Test
    void twoCamerasOfOneNameAreRefused() {
        assertThatThrownBy(() -> start(CameraSpec.parse("gate=a.mp4"), CameraSpec.parse("gate=b.mp4")))
                .hasMessage("two cameras are called 'gate': give each its own name");
    }

    @Test
    void passwordInAnAddressEarnsAWarningThatDoesNotShowIt() {
        start(CameraSpec.parse("gate=rtsp://admin:canary@127.0.0.1:1/s")).close();

        assertThat(log.list)
                .filteredOn(event -> event.getFormattedMessage().contains("holds a password"))
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("camera gate", "env:NAME"));
        assertThat(log.list.toString()).doesNotContain("canary");
    }

    @Test
    void publisherWithoutBrokerRefusesAtOnce() {
        try (KafkaPublisher publisher = new KafkaPublisher(nowhere, 16 << 20, 0)) {
            long before = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThat(publisher.offer(frame(i), new Unexpected())).isFalse();
            }
            // a hundred calls that would block for anything at all would take longer
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void probeTellsWhatACameraGivesOrWhyItDoesNot() {
        try (TestCameras cameras = new TestCameras()) {
            CameraSpec live = CameraSpec.parse("a=" + cameras.url("/live"));
            CameraSpec locked = CameraSpec.parse("a=" + cameras.urlWith("x:canary", "/locked"));

            assertThat(CameraProbe.describe(live, Clock.systemUTC())).endsWith("/live: mjpeg, 160x120");
            assertThatThrownBy(() -> CameraProbe.describe(locked, Clock.systemUTC()))
                    .hasMessageStartingWith("unauthorised: cannot open")
                    .hasMessageNotContaining("canary");
        }
    }

    private IngestStage start(CameraSpec... cameras) {
        return IngestStage.start(
                IngestSettings.defaults(), List.of(cameras), nowhere, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private static Frame frame(long seq) {
        FrameId id = new FrameId(new CameraId("gate"), 1, seq);
        return new Frame(
                FrameHeader.open(id, FrameTimes.received(1, TimeSource.ARRIVAL, 1), 4, 4), Jpeg.adopt(new byte[100]));
    }

    private static final class Unexpected implements FrameSink.Delivery {
        @Override
        public void acknowledged() {
            throw new AssertionError("nobody can have acknowledged this");
        }

        @Override
        public void failed(String why) {
            throw new AssertionError("a refused frame was reported too: " + why);
        }
    }
}
