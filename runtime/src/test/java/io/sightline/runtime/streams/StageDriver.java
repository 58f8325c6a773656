package io.sightline.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.contracts.face.Faces;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.metrics.StageMeters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** A stage from {@code frames} to {@code faces} at noon, with a max-age of 500 ms and a work of the test's own. */
final class StageDriver implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    static final long NOON_MICROS = Micros.now(Clock.fixed(NOON, ZoneOffset.UTC));
    private static final long RECEIVED_MICROS = NOON_MICROS - 40_000;
    static final FrameId ID = new FrameId(new CameraId("lobby"), 1_700_000_000_000L, 7);
    private static final Jpeg PICTURE = Jpeg.adopt(new byte[] {1, 2, 3});

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Work work = new Work();
    private final TopologyTestDriver driver = new TopologyTestDriver(
            FrameStage.build(new FrameStageSpec<>(
                    Stage.DETECT,
                    Topics.FRAMES,
                    Topics.FACES,
                    () -> work,
                    Duration.ofMillis(500),
                    Clock.fixed(NOON, ZoneOffset.UTC),
                    new StageMeters(registry, Stage.DETECT))),
            new Properties());
    final TestInputTopic<byte[], byte[]> frames =
            driver.createInputTopic(Topics.FRAMES.name(), new ByteArraySerializer(), new ByteArraySerializer());
    final TestOutputTopic<String, Faces> faces =
            driver.createOutputTopic(Topics.FACES.name(), new StringDeserializer(), Topics.FACES.deserializer());
    final TestOutputTopic<byte[], DeadLetter> letters = driver.createOutputTopic(
            Topics.DEAD_LETTERS.name(), new ByteArrayDeserializer(), Topics.DEAD_LETTERS.deserializer());

    /** A stage whose work is what the test says. */
    static final class Work implements FrameWork<Frame, Faces> {
        Function<Frame, Faces> task = frame ->
                new Faces(frame.header().withTimes(frame.header().times().detected(NOON_MICROS)), List.of());
        int calls;
        boolean isClosed;

        @Override
        public FrameHeader header(Frame in) {
            return in.header();
        }

        @Override
        public Faces settled(FrameHeader header) {
            return new Faces(header, List.of());
        }

        @Override
        public Faces work(Frame in) {
            calls++;
            return task.apply(in);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    @Override
    public void close() {
        driver.close();
        assertThat(work.isClosed).isTrue();
    }

    void send(Frame frame) {
        frames.pipeInput(
                frame.header().id().camera().value().getBytes(StandardCharsets.UTF_8),
                Topics.FRAMES.codec().encode(frame));
    }

    void assertNothingMore() {
        assertThat(faces.isEmpty()).isTrue();
        assertThat(letters.isEmpty()).isTrue();
    }

    double count(String result) {
        return registry.find("sightline.stage.records").tags("result", result).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    static Frame open() {
        return openReceivedAt(RECEIVED_MICROS);
    }

    static Frame openReceivedAt(long receivedAtMicros) {
        FrameTimes times = FrameTimes.received(receivedAtMicros, TimeSource.ARRIVAL, receivedAtMicros);
        return new Frame(FrameHeader.open(ID, times, 640, 480), PICTURE);
    }

    static FrameTimes times() {
        return FrameTimes.received(RECEIVED_MICROS, TimeSource.ARRIVAL, RECEIVED_MICROS);
    }
}
