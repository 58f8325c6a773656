package io.sightline.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.contracts.face.Faces;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
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
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FrameStageTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final long NOON_MICROS = Micros.now(Clock.fixed(NOON, ZoneOffset.UTC));
    private static final long RECEIVED_MICROS = NOON_MICROS - 40_000;
    private static final FrameId ID = new FrameId(new CameraId("lobby"), 1_700_000_000_000L, 7);
    private static final Jpeg PICTURE = Jpeg.adopt(new byte[] {1, 2, 3});

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Work work = new Work();
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
    private final TestInputTopic<byte[], byte[]> frames =
            driver.createInputTopic(Topics.FRAMES.name(), new ByteArraySerializer(), new ByteArraySerializer());
    private final TestOutputTopic<String, Faces> faces =
            driver.createOutputTopic(Topics.FACES.name(), new StringDeserializer(), Topics.FACES.deserializer());
    private final TestOutputTopic<byte[], DeadLetter> letters = driver.createOutputTopic(
            Topics.DEAD_LETTERS.name(), new ByteArrayDeserializer(), Topics.DEAD_LETTERS.deserializer());

    /** A stage whose work is what the test says. */
    private static final class Work implements FrameWork<Frame, Faces> {
        private Function<Frame, Faces> task = frame ->
                new Faces(frame.header().withTimes(frame.header().times().detected(NOON_MICROS)), List.of());
        private int calls;
        private boolean isClosed;

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

    @AfterEach
    void close() {
        driver.close();
        assertThat(work.isClosed).isTrue();
    }

    @Test
    void aGoodFrameIsWorkedAndKeepsKeyAndFrameIdHeader() {
        send(open());

        TestRecord<String, Faces> out = faces.readRecord();
        assertThat(out.key()).isEqualTo("lobby");
        assertThat(out.value().header()).isEqualTo(open().header().withTimes(times().detected(NOON_MICROS)));
        assertThat(new String(out.headers().lastHeader(Topics.FRAME_ID_HEADER).value(), StandardCharsets.UTF_8))
                .isEqualTo(ID.toString());
        assertNothingMore();
        assertThat(count("done")).isEqualTo(1);
    }

    @Test
    void aSettledFrameIsHandedOnUnread() {
        FrameHeader settled = open().header().settle(Settlement.shed(Reason.ADMISSION));

        send(Frame.settled(settled));

        assertThat(faces.readValue()).isEqualTo(new Faces(settled, List.of()));
        assertNothingMore();
        assertThat(work.calls).isZero();
        assertThat(count("settled")).isEqualTo(1);
    }

    @Test
    void aRunOfSettledFramesStaysOneRecord() {
        FrameHeader run = new FrameHeader(ID, 250, times(), 0, 0, Optional.of(Settlement.shed(Reason.BROKER)));

        send(Frame.settled(run));

        assertThat(faces.readValue().header()).isEqualTo(run);
        assertNothingMore();
    }

    @Test
    void aSettledFrameIsNeverExpired() {
        FrameTimes old = FrameTimes.received(0, TimeSource.FILE, 0);
        FrameHeader settled = FrameHeader.open(ID, old, 0, 0).settle(Settlement.shed(Reason.ADMISSION));

        send(Frame.settled(settled));

        assertThat(faces.readValue().header()).isEqualTo(settled);
    }

    @Test
    void aFrameOlderThanMaxAgeIsShedAsExpiredBeforeTheWork() {
        send(openReceivedAt(NOON_MICROS - 500_001));

        assertThat(faces.readValue().header().settlement()).hasValue(Settlement.shed(Reason.EXPIRED));
        assertNothingMore();
        assertThat(work.calls).isZero();
        assertThat(count("shed")).isEqualTo(1);
    }

    @Test
    void aFrameJustOfMaxAgeIsWorked() {
        send(openReceivedAt(NOON_MICROS - 500_000));

        assertThat(faces.readValue().header().isSettled()).isFalse();
    }

    @Test
    void bytesThatAreNoMessageBecomeADeadLetterAndTheNextFrameIsWorked() {
        byte[] garbage = "not a frame".getBytes(StandardCharsets.UTF_8);

        frames.pipeInput("lobby".getBytes(StandardCharsets.UTF_8), garbage);
        send(open());

        DeadLetter letter = letters.readValue();
        assertThat(letter.stage()).isEqualTo(Stage.DETECT);
        assertThat(letter.topic()).isEqualTo("sightline.frames.v1");
        assertThat(letter.offset()).isZero();
        assertThat(letter.reason()).isEqualTo("malformed");
        assertThat(letter.key().get()).isEqualTo("lobby".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.value().get()).isEqualTo(garbage);
        assertThat(letter.atMicros()).isEqualTo(NOON_MICROS);
        assertThat(faces.readValue().header().id()).isEqualTo(ID);
        assertNothingMore();
        assertThat(count("unreadable")).isEqualTo(1);
    }

    @Test
    void aDamagedBodyWhoseKafkaHeaderNamesTheFrameIsRejectedAsMalformed() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.FRAME_ID_HEADER, ID.toString().getBytes(StandardCharsets.UTF_8));

        frames.pipeInput(new TestRecord<>(
                "lobby".getBytes(StandardCharsets.UTF_8), new byte[] {9, 9, 9}, headers, NOON.toEpochMilli()));

        TestRecord<String, Faces> out = faces.readRecord();
        assertThat(out.key()).isEqualTo("lobby");
        assertThat(out.value().header().id()).isEqualTo(ID);
        assertThat(out.value().header().settlement()).hasValue(Settlement.rejected(Reason.MALFORMED));
        assertThat(out.value().header().times().receivedAtMicros()).isEqualTo(NOON.toEpochMilli() * 1_000);
        assertThat(letters.readValue().reason()).isEqualTo("malformed");
        assertNothingMore();
        assertThat(count("rejected")).isEqualTo(1);
    }

    @Test
    void aKafkaHeaderThatIsNoFrameIdIsNotBelieved() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.FRAME_ID_HEADER, "../etc/passwd".getBytes(StandardCharsets.UTF_8));

        frames.pipeInput(new TestRecord<>(new byte[] {1}, new byte[] {9, 9, 9}, headers, 0L));

        assertThat(letters.readValue().reason()).isEqualTo("malformed");
        assertNothingMore();
    }

    @Test
    void aRecordWithoutValueBecomesADeadLetter() {
        frames.pipeInput(new TestRecord<>("lobby".getBytes(StandardCharsets.UTF_8), (byte[]) null));

        assertThat(letters.readValue().detail()).isEqualTo("the record has no value");
        assertNothingMore();
    }

    @Test
    void aFrameUnderAnotherKeyIsRejectedUnderItsOwnCamera() {
        frames.pipeInput(
                "gate".getBytes(StandardCharsets.UTF_8), Topics.FRAMES.codec().encode(open()));

        TestRecord<String, Faces> out = faces.readRecord();
        assertThat(out.key()).isEqualTo("lobby");
        assertThat(out.value().header().settlement()).hasValue(Settlement.rejected(Reason.MALFORMED));
        assertThat(letters.readValue().detail()).contains("another key than its camera's id");
        assertNothingMore();
    }

    @Test
    void aFrameWithoutKeyIsRejected() {
        frames.pipeInput(null, Topics.FRAMES.codec().encode(open()));

        assertThat(faces.readValue().header().settlement()).hasValue(Settlement.rejected(Reason.MALFORMED));
        assertThat(letters.readValue().detail()).contains("has no key");
        assertNothingMore();
    }

    @Test
    void aHugeKeyIsCutInTheDeadLetter() {
        frames.pipeInput(new byte[100_000], new byte[] {9});

        TestRecord<byte[], DeadLetter> letter = letters.readRecord();
        assertThat(letter.key()).hasSize(DeadLetters.MAX_KEY_BYTES);
        assertThat(letter.value().key().get()).hasSize(DeadLetters.MAX_KEY_BYTES);
    }

    @Test
    void workThatThrowsRejectsTheFrameAsFailedAndTheNextIsWorked() {
        work.task = frame -> {
            throw new IllegalStateException("cannot reach http://u:canary@host\nnow");
        };
        send(open());

        assertThat(faces.readValue().header().settlement()).hasValue(Settlement.rejected(Reason.FAILED));
        DeadLetter letter = letters.readValue();
        assertThat(letter.reason()).isEqualTo("failed");
        assertThat(letter.detail()).isEqualTo("IllegalStateException: cannot reach http://***@host now");

        work.task = frame -> new Faces(frame.header(), List.of());
        send(open());
        assertThat(faces.readValue().header().isSettled()).isFalse();
        assertNothingMore();
    }

    @Test
    void workThatOverflowsTheStackRejectsTheFrame() {
        work.task = frame -> {
            throw new StackOverflowError();
        };

        send(open());

        assertThat(faces.readValue().header().settlement()).hasValue(Settlement.rejected(Reason.FAILED));
        assertThat(letters.readValue().detail()).isEqualTo("StackOverflowError");
    }

    @Test
    void anInterruptedThreadLeavesTheFrameForLater() {
        work.task = frame -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("closing");
        };

        assertThatThrownBy(() -> send(open())).hasStackTraceContaining("closing");

        assertThat(Thread.interrupted()).isTrue();
        assertNothingMore();
    }

    @Test
    void aFrameThatCannotBeProcessedIsRejectedByTheReasonGiven() {
        work.task = frame -> {
            throw new UnprocessableFrameException(Reason.UNDECODABLE, "not a JPEG");
        };

        send(open());

        assertThat(faces.readValue().header().settlement()).hasValue(Settlement.rejected(Reason.UNDECODABLE));
        DeadLetter letter = letters.readValue();
        assertThat(letter.reason()).isEqualTo("undecodable");
        assertThat(letter.detail()).isEqualTo("not a JPEG");
        assertThat(Topics.FRAMES.codec().decode(letter.value().get())).isEqualTo(open());
    }

    @Test
    void onlyReasonsThatRejectCanBeThrown() {
        assertThatThrownBy(() -> new UnprocessableFrameException(Reason.EXPIRED, "late"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRejectedFrameCarriesThisStagesStamp() {
        work.task = frame -> {
            throw new UnprocessableFrameException(Reason.UNDECODABLE, "not a JPEG");
        };

        send(open());

        assertThat(faces.readValue().header().times()).isEqualTo(times().detected(NOON_MICROS));
    }

    @Test
    void eachRecordHasOneResult() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] value = Topics.FRAMES.codec().encode(open());
            value[random.nextInt(value.length)] = (byte) random.nextInt(256);
            frames.pipeInput("lobby".getBytes(StandardCharsets.UTF_8), value);
        }

        double results = registry.find("sightline.stage.records").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
        assertThat(results).isEqualTo(200);
        assertThat(faces.readValuesToList().size() + (int) count("unreadable")).isEqualTo(200);
    }

    private void send(Frame frame) {
        frames.pipeInput(
                frame.header().id().camera().value().getBytes(StandardCharsets.UTF_8),
                Topics.FRAMES.codec().encode(frame));
    }

    private void assertNothingMore() {
        assertThat(faces.isEmpty()).isTrue();
        assertThat(letters.isEmpty()).isTrue();
    }

    private double count(String result) {
        return registry.find("sightline.stage.records").tags("result", result).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static Frame open() {
        return openReceivedAt(RECEIVED_MICROS);
    }

    private static Frame openReceivedAt(long receivedAtMicros) {
        FrameTimes times = FrameTimes.received(receivedAtMicros, TimeSource.ARRIVAL, receivedAtMicros);
        return new Frame(FrameHeader.open(ID, times, 640, 480), PICTURE);
    }

    private static FrameTimes times() {
        return FrameTimes.received(RECEIVED_MICROS, TimeSource.ARRIVAL, RECEIVED_MICROS);
    }
}
