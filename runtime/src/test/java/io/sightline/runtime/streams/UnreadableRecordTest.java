package io.sightline.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.face.Faces;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that a stage cannot use: each is set aside, and the next is processed. */
final class UnreadableRecordTest {
    private final StageDriver stage = new StageDriver();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void bytesThatAreNoMessageBecomeADeadLetterAndTheNextFrameIsWorked() {
        byte[] garbage = "not a frame".getBytes(StandardCharsets.UTF_8);

        stage.frames.pipeInput("lobby".getBytes(StandardCharsets.UTF_8), garbage);
        stage.send(StageDriver.open());

        DeadLetter letter = stage.letters.readValue();
        assertThat(letter.stage()).isEqualTo(Stage.DETECT);
        assertThat(letter.topic()).isEqualTo("sightline.frames.v1");
        assertThat(letter.offset()).isZero();
        assertThat(letter.reason()).isEqualTo("malformed");
        assertThat(letter.key().get()).isEqualTo("lobby".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.value().get()).isEqualTo(garbage);
        assertThat(letter.atMicros()).isEqualTo(StageDriver.NOON_MICROS);
        assertThat(stage.faces.readValue().header().id()).isEqualTo(StageDriver.ID);
        stage.assertNothingMore();
        assertThat(stage.count("unreadable")).isEqualTo(1);
    }

    @Test
    void aDamagedBodyWhoseKafkaHeaderNamesTheFrameIsRejectedAsMalformed() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.FRAME_ID_HEADER, StageDriver.ID.toString().getBytes(StandardCharsets.UTF_8));

        stage.frames.pipeInput(new TestRecord<>(
                "lobby".getBytes(StandardCharsets.UTF_8),
                new byte[] {9, 9, 9},
                headers,
                StageDriver.NOON.toEpochMilli()));

        TestRecord<String, Faces> out = stage.faces.readRecord();
        assertThat(out.key()).isEqualTo("lobby");
        assertThat(out.value().header().id()).isEqualTo(StageDriver.ID);
        assertThat(out.value().header().settlement()).hasValue(Settlement.rejected(Reason.MALFORMED));
        assertThat(out.value().header().times().receivedAtMicros()).isEqualTo(StageDriver.NOON.toEpochMilli() * 1_000);
        assertThat(stage.letters.readValue().reason()).isEqualTo("malformed");
        stage.assertNothingMore();
        assertThat(stage.count("rejected")).isEqualTo(1);
    }

    @Test
    void aKafkaHeaderThatIsNoFrameIdIsNotBelieved() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.FRAME_ID_HEADER, "../etc/passwd".getBytes(StandardCharsets.UTF_8));

        stage.frames.pipeInput(new TestRecord<>(new byte[] {1}, new byte[] {9, 9, 9}, headers, 0L));

        assertThat(stage.letters.readValue().reason()).isEqualTo("malformed");
        stage.assertNothingMore();
    }

    @Test
    void aRecordWithoutValueBecomesADeadLetter() {
        stage.frames.pipeInput(new TestRecord<>("lobby".getBytes(StandardCharsets.UTF_8), (byte[]) null));

        assertThat(stage.letters.readValue().detail()).isEqualTo("the record has no value");
        stage.assertNothingMore();
    }

    @Test
    void aFrameUnderAnotherKeyIsRejectedUnderItsOwnCamera() {
        stage.frames.pipeInput(
                "gate".getBytes(StandardCharsets.UTF_8), Topics.FRAMES.codec().encode(StageDriver.open()));

        TestRecord<String, Faces> out = stage.faces.readRecord();
        assertThat(out.key()).isEqualTo("lobby");
        assertThat(out.value().header().settlement()).hasValue(Settlement.rejected(Reason.MALFORMED));
        assertThat(stage.letters.readValue().detail()).contains("another key than its camera's id");
        stage.assertNothingMore();
    }

    @Test
    void aFrameWithoutKeyIsRejected() {
        stage.frames.pipeInput(null, Topics.FRAMES.codec().encode(StageDriver.open()));

        assertThat(stage.faces.readValue().header().settlement()).hasValue(Settlement.rejected(Reason.MALFORMED));
        assertThat(stage.letters.readValue().detail()).contains("has no key");
        stage.assertNothingMore();
    }

    @Test
    void aHugeKeyIsCutInTheDeadLetter() {
        stage.frames.pipeInput(new byte[100_000], new byte[] {9});

        TestRecord<byte[], DeadLetter> letter = stage.letters.readRecord();
        assertThat(letter.key()).hasSize(DeadLetters.MAX_KEY_BYTES);
        assertThat(letter.value().key().get()).hasSize(DeadLetters.MAX_KEY_BYTES);
    }

    @Test
    void eachRecordHasOneResult() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] value = Topics.FRAMES.codec().encode(StageDriver.open());
            value[random.nextInt(value.length)] = (byte) random.nextInt(256);
            stage.frames.pipeInput("lobby".getBytes(StandardCharsets.UTF_8), value);
        }

        double results = stage.registry.find("sightline.stage.records").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
        assertThat(results).isEqualTo(200);
        assertThat(stage.faces.readValuesToList().size() + (int) stage.count("unreadable"))
                .isEqualTo(200);
    }
}
