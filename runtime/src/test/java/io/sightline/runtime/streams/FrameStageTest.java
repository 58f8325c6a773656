package io.sightline.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.contracts.face.Faces;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.frame.TraceContext;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames that a stage can read: worked, handed on, shed or rejected. */
final class FrameStageTest {
    private final StageDriver stage = new StageDriver();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aGoodFrameIsWorkedAndKeepsKeyAndFrameIdHeader() {
        stage.send(StageDriver.open());

        TestRecord<String, Faces> out = stage.faces.readRecord();
        assertThat(out.key()).isEqualTo("lobby");
        assertThat(out.value().header())
                .isEqualTo(StageDriver.open()
                        .header()
                        .withTimes(StageDriver.times().detected(StageDriver.NOON_MICROS)));
        assertThat(new String(out.headers().lastHeader(Topics.FRAME_ID_HEADER).value(), StandardCharsets.UTF_8))
                .isEqualTo(StageDriver.ID.toString());
        assertThat(out.timestamp()).as("when it was sent").isEqualTo(StageDriver.NOON.toEpochMilli());
        stage.assertNothingMore();
        assertThat(stage.count("done")).isEqualTo(1);
    }

    @Test
    void traceOfAFrameGoesAlongAndWhatIsNoneStaysBehind() {
        TraceContext context = TraceContext.of(StageDriver.ID, 1);
        byte[] key = "lobby".getBytes(StandardCharsets.UTF_8);
        byte[] frame = Topics.FRAMES.codec().encode(StageDriver.open());

        stage.frames.pipeInput(
                new TestRecord<>(key, frame, new RecordHeaders().add(Topics.TRACE_PARENT_HEADER, context.header())));
        stage.frames.pipeInput(
                new TestRecord<>(key, frame, new RecordHeaders().add(Topics.TRACE_PARENT_HEADER, new byte[] {'x'})));

        assertThat(stage.faces
                        .readRecord()
                        .headers()
                        .lastHeader(Topics.TRACE_PARENT_HEADER)
                        .value())
                .isEqualTo(context.header());
        assertThat(stage.faces.readRecord().headers().lastHeader(Topics.TRACE_PARENT_HEADER))
                .isNull();
    }

    @Test
    void aSettledFrameIsHandedOnUnread() {
        FrameHeader settled = StageDriver.open().header().settle(Settlement.shed(Reason.ADMISSION));

        stage.send(Frame.settled(settled));

        assertThat(stage.faces.readValue()).isEqualTo(new Faces(settled, List.of()));
        stage.assertNothingMore();
        assertThat(stage.work.calls).isZero();
        assertThat(stage.count("settled")).isEqualTo(1);
    }

    @Test
    void aRunOfSettledFramesStaysOneRecord() {
        FrameHeader run = new FrameHeader(
                StageDriver.ID, 250, StageDriver.times(), 0, 0, Optional.of(Settlement.shed(Reason.BROKER)));

        stage.send(Frame.settled(run));

        assertThat(stage.faces.readValue().header()).isEqualTo(run);
        stage.assertNothingMore();
    }

    @Test
    void aSettledFrameIsNeverExpired() {
        FrameTimes old = FrameTimes.received(0, TimeSource.FILE, 0);
        FrameHeader settled = FrameHeader.open(StageDriver.ID, old, 0, 0).settle(Settlement.shed(Reason.ADMISSION));

        stage.send(Frame.settled(settled));

        assertThat(stage.faces.readValue().header()).isEqualTo(settled);
    }

    @Test
    void aFrameOlderThanMaxAgeIsShedAsExpiredBeforeTheWork() {
        stage.send(StageDriver.openReceivedAt(StageDriver.NOON_MICROS - 500_001));

        assertThat(stage.faces.readValue().header().settlement()).hasValue(Settlement.shed(Reason.EXPIRED));
        stage.assertNothingMore();
        assertThat(stage.work.calls).isZero();
        assertThat(stage.count("shed")).isEqualTo(1);
    }

    @Test
    void aFrameJustOfMaxAgeIsWorked() {
        stage.send(StageDriver.openReceivedAt(StageDriver.NOON_MICROS - 500_000));

        assertThat(stage.faces.readValue().header().isSettled()).isFalse();
    }

    @Test
    void workThatThrowsRejectsTheFrameAsFailedAndTheNextIsWorked() {
        stage.work.task = frame -> {
            throw new IllegalStateException("cannot reach http://u:canary@host\nnow");
        };
        stage.send(StageDriver.open());

        assertThat(stage.faces.readValue().header().settlement()).hasValue(Settlement.rejected(Reason.FAILED));
        DeadLetter letter = stage.letters.readValue();
        assertThat(letter.reason()).isEqualTo("failed");
        assertThat(letter.detail()).isEqualTo("IllegalStateException: cannot reach http://***@host now");

        stage.work.task = frame -> new Faces(frame.header(), List.of());
        stage.send(StageDriver.open());
        assertThat(stage.faces.readValue().header().isSettled()).isFalse();
        stage.assertNothingMore();
    }

    @Test
    void workThatOverflowsTheStackRejectsTheFrame() {
        stage.work.task = frame -> {
            throw new StackOverflowError();
        };

        stage.send(StageDriver.open());

        assertThat(stage.faces.readValue().header().settlement()).hasValue(Settlement.rejected(Reason.FAILED));
        assertThat(stage.letters.readValue().detail()).isEqualTo("StackOverflowError");
    }

    @Test
    void anInterruptedThreadLeavesTheFrameForLater() {
        stage.work.task = frame -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("closing");
        };

        assertThatThrownBy(() -> stage.send(StageDriver.open())).hasStackTraceContaining("closing");

        assertThat(Thread.interrupted()).isTrue();
        stage.assertNothingMore();
    }

    @Test
    void aFrameThatCannotBeProcessedIsRejectedByTheReasonGiven() {
        stage.work.task = frame -> {
            throw new UnprocessableFrameException(Reason.UNDECODABLE, "not a JPEG");
        };

        stage.send(StageDriver.open());

        assertThat(stage.faces.readValue().header().settlement()).hasValue(Settlement.rejected(Reason.UNDECODABLE));
        DeadLetter letter = stage.letters.readValue();
        assertThat(letter.reason()).isEqualTo("undecodable");
        assertThat(letter.detail()).isEqualTo("not a JPEG");
        assertThat(Topics.FRAMES.codec().decode(letter.value().get())).isEqualTo(StageDriver.open());
    }

    @Test
    void onlyReasonsThatRejectCanBeThrown() {
        assertThatThrownBy(() -> new UnprocessableFrameException(Reason.EXPIRED, "late"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRejectedFrameCarriesThisStagesStamp() {
        stage.work.task = frame -> {
            throw new UnprocessableFrameException(Reason.UNDECODABLE, "not a JPEG");
        };

        stage.send(StageDriver.open());

        assertThat(stage.faces.readValue().header().times())
                .isEqualTo(StageDriver.times().detected(StageDriver.NOON_MICROS));
    }
}
