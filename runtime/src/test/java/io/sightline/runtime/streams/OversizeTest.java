package io.sightline.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.metrics.StageMeters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/** A stage that makes frames of frames, so that an answer can be as large as one likes. */
final class OversizeTest {
    private static final FrameHeader HEADER = FrameHeader.open(
            new FrameId(new CameraId("lobby"), 1, 0), FrameTimes.received(1, TimeSource.FILE, 1), 10, 10);

    private static final Topic<Frame> OUT =
            new Topic<>("swollen", Topics.FRAMES.codec(), Duration.ofMinutes(1), true, Frame.class);

    private record Swelling(int sizeBytes) implements FrameWork<Frame, Frame> {
        @Override
        public FrameHeader header(Frame in) {
            return in.header();
        }

        @Override
        public Frame settled(FrameHeader header) {
            return Frame.settled(header);
        }

        @Override
        public Frame work(Frame in) {
            return new Frame(in.header(), Jpeg.adopt(new byte[sizeBytes]));
        }
    }

    @Test
    void anAnswerOverTheLimitRejectsTheFrameAsOversize() {
        assertThat(answerTo(new Swelling(FrameJudge.MAX_MESSAGE_BYTES)).header().settlement())
                .hasValue(Settlement.rejected(Reason.OVERSIZE));
    }

    @Test
    void anAnswerJustBelowTheLimitGoesOut() {
        assertThat(answerTo(new Swelling(FrameJudge.MAX_MESSAGE_BYTES - 1_000))
                        .picture()
                        .sizeBytes())
                .isEqualTo(FrameJudge.MAX_MESSAGE_BYTES - 1_000);
    }

    private static Frame answerTo(FrameWork<Frame, Frame> work) {
        FrameStageSpec<Frame, Frame> spec = new FrameStageSpec<>(
                Stage.DETECT,
                Topics.FRAMES,
                OUT,
                () -> work,
                Duration.ZERO,
                Clock.systemUTC(),
                new StageMeters(new SimpleMeterRegistry(), Stage.DETECT));
        try (TopologyTestDriver driver = new TopologyTestDriver(FrameStage.build(spec), new Properties())) {
            driver.createInputTopic(Topics.FRAMES.name(), new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(
                            "lobby".getBytes(StandardCharsets.UTF_8),
                            Topics.FRAMES.codec().encode(new Frame(HEADER, Jpeg.adopt(new byte[] {1}))));
            Frame out = driver.createOutputTopic(OUT.name(), new ByteArrayDeserializer(), OUT.deserializer())
                    .readValue();
            var letters = driver.createOutputTopic(
                    Topics.DEAD_LETTERS.name(), new ByteArrayDeserializer(), Topics.DEAD_LETTERS.deserializer());
            assertThat(letters.isEmpty()).isEqualTo(!out.header().isSettled());
            letters.readValuesToList().forEach(OversizeTest::assertHelpful);
            return out;
        }
    }

    private static void assertHelpful(DeadLetter letter) {
        assertThat(letter.reason()).isEqualTo("oversize");
        assertThat(letter.detail())
                .contains("limit " + FrameJudge.MAX_MESSAGE_BYTES)
                .contains("max-width-px");
    }
}
