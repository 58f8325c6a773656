package io.sightline.detect;

import static io.sightline.detect.FakeFaces.face;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.contracts.face.Crop;
import io.sightline.contracts.face.Face;
import io.sightline.contracts.face.Faces;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.metrics.StageMeters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetectStageTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long NOON_MICROS = NOON.toEpochMilli() * 1_000;
    private static final Jpeg PICTURE = Pictures.jpeg(Pictures.scene(320, 180, 1));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Detection> planted = new ArrayList<>();
    private final TopologyTestDriver driver = driver();
    private final TestInputTopic<String, byte[]> frames =
            driver.createInputTopic(Topics.FRAMES.name(), new StringSerializer(), new ByteArraySerializer());
    private final TestOutputTopic<String, Faces> faces =
            driver.createOutputTopic(Topics.FACES.name(), new StringDeserializer(), Topics.FACES.deserializer());
    private final TestOutputTopic<String, DeadLetter> deadLetters = driver.createOutputTopic(
            Topics.DEAD_LETTERS.name(), new StringDeserializer(), Topics.DEAD_LETTERS.deserializer());

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void faceTravelsWithBoxLandmarksTrackAndCrop() {
        planted.add(face(100, 60, 40, 0.9f));

        Faces out = through(frame(0, PICTURE));

        assertThat(out.header().isSettled()).isFalse();
        assertThat(out.header().times().detectedAtMicros()).isEqualTo(NOON_MICROS);
        assertThat(out.header().widthPx()).isEqualTo(320);
        Face face = out.faces().get(0);
        assertThat(face.track()).hasToString("lobby/9/0#0");
        assertThat(face.box()).isEqualTo(planted.get(0).box());
        assertThat(face.landmarks()).isEqualTo(planted.get(0).landmarks());
        assertThat(face.score()).isEqualTo(0.9f);
        assertThat(Pictures.decoded(face.crop().picture()).widthPx()).isEqualTo(110);
        assertThat(registry.get("sightline.step").tag("step", "decode").timer().count())
                .isEqualTo(1);
        assertThat(registry.get("sightline.step").tag("step", "detect").timer().count())
                .isEqualTo(1);
    }

    @Test
    void frameWithoutAFaceGoesOnSettled() {
        Faces out = through(frame(0, PICTURE));

        assertThat(out.header().settlement()).contains(Settlement.decided(Outcome.NO_FACE));
        assertThat(out.header().times().detectedAtMicros()).isEqualTo(NOON_MICROS);
        assertThat(out.faces()).isEmpty();
    }

    @Test
    void sixtyFacesAllTravel() {
        planted.addAll(FakeFaces.crowd(60, 12, 26, 20));

        Faces out = through(frame(0, PICTURE));

        assertThat(out.faces()).hasSize(60);
        assertThat(out.faces().stream().map(Face::track).distinct()).hasSize(60);
        assertThat(out.faces().stream().map(Face::crop).map(Crop::picture)).noneMatch(Jpeg::isEmpty);
    }

    @Test
    void unreadablePicturesAreRejectedAndTheNextFrameIsProcessed() {
        planted.add(face(100, 60, 40, 0.9f));
        Jpeg truncated = Jpeg.adopt(Arrays.copyOf(PICTURE.bytes(), PICTURE.sizeBytes() / 2));

        assertThat(through(frame(0, truncated)).header().settlement())
                .contains(Settlement.rejected(Reason.UNDECODABLE));
        assertThat(through(frame(1, Jpeg.none())).header().settlement())
                .contains(Settlement.rejected(Reason.UNDECODABLE));
        assertThat(through(frame(2, Pictures.greyJpeg(8000, 6000, 90))).header().settlement())
                .contains(Settlement.rejected(Reason.OVERSIZE));
        assertThat(through(frame(3, PICTURE)).faces()).hasSize(1);

        List<DeadLetter> letters = deadLetters.readValuesToList();
        assertThat(letters).extracting(DeadLetter::reason).containsExactly("undecodable", "undecodable", "oversize");
        assertThat(letters.get(1).detail()).contains("the picture has 0 bytes");
        assertThat(letters.get(2).detail()).contains("8000x6000 is over the limit of 9437184 pixels");
    }

    @Test
    void pictureOfOnePixelIsLookedAt() {
        Faces out = through(frame(0, Pictures.jpeg(Pictures.flat(1, 1, 0xffffff))));

        assertThat(out.header().settlement()).contains(Settlement.decided(Outcome.NO_FACE));
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void recordThatIsNoMessageOfOursBecomesADeadLetterAndTheNextFrameIsProcessed() {
        frames.pipeInput("lobby", "GET / HTTP/1.1".getBytes(StandardCharsets.UTF_8));

        assertThat(deadLetters.readValue().reason()).isEqualTo("malformed");
        assertThat(faces.isEmpty()).isTrue();
        assertThat(through(frame(1, PICTURE)).header().id().seq()).isEqualTo(1);
    }

    @Test
    void settledRunIsHandedOnUnread() {
        FrameHeader run = new FrameHeader(
                new FrameId(new CameraId("lobby"), 9, 4),
                12,
                FrameTimes.received(NOON_MICROS, TimeSource.FILE, NOON_MICROS),
                0,
                0,
                Optional.of(Settlement.shed(Reason.ADMISSION)));

        assertThat(through(Frame.settled(run)).header()).isEqualTo(run);
    }

    @Test
    void frameOlderThanMaxAgeIsShed() {
        FrameTimes old = FrameTimes.received(NOON_MICROS, TimeSource.FILE, NOON_MICROS - 1_000_001);
        FrameHeader header = FrameHeader.open(new FrameId(new CameraId("lobby"), 9, 0), old, 320, 180);

        assertThat(through(new Frame(header, PICTURE)).header().settlement()).contains(Settlement.shed(Reason.EXPIRED));
    }

    @Test
    void finderThatFailsRejectsThatFrameAlone() {
        planted.add(null);
        assertThat(through(frame(0, PICTURE)).header().settlement()).contains(Settlement.rejected(Reason.FAILED));
        planted.clear();

        assertThat(through(frame(1, PICTURE)).header().settlement()).contains(Settlement.decided(Outcome.NO_FACE));
    }

    @Test
    void camerasHaveTracksOfTheirOwn() {
        planted.add(face(100, 60, 40, 0.9f));

        assertThat(trackOf("lobby", 0)).isEqualTo("lobby/9/0#0");
        assertThat(trackOf("gate", 7)).isEqualTo("gate/9/7#0");
        assertThat(trackOf("lobby", 1)).isEqualTo("lobby/9/0#0");
    }

    @Test
    void replayGivesTheSameBytes() {
        planted.add(face(100, 60, 40, 0.9f));
        Frame frame = frame(0, PICTURE);
        byte[] once = Topics.FACES.codec().encode(through(frame));
        try (TopologyTestDriver again = driver()) {
            TestInputTopic<String, byte[]> input =
                    again.createInputTopic(Topics.FRAMES.name(), new StringSerializer(), new ByteArraySerializer());
            input.pipeInput("lobby", Topics.FRAMES.codec().encode(frame));

            assertThat(again.createOutputTopic(
                                    Topics.FACES.name(), new StringDeserializer(), Topics.FACES.deserializer())
                            .readValue())
                    .satisfies(
                            out -> assertThat(Topics.FACES.codec().encode(out)).isEqualTo(once));
        }
    }

    private String trackOf(String camera, long seq) {
        frames.pipeInput(camera, Topics.FRAMES.codec().encode(frame(camera, seq, PICTURE)));
        return faces.readValue().faces().get(0).track().value();
    }

    private Faces through(Frame frame) {
        frames.pipeInput(
                frame.header().id().camera().value(), Topics.FRAMES.codec().encode(frame));
        return faces.readValue();
    }

    private static Frame frame(long seq, Jpeg picture) {
        return frame("lobby", seq, picture);
    }

    private static Frame frame(String camera, long seq, Jpeg picture) {
        FrameTimes times = FrameTimes.received(NOON_MICROS + seq * 40_000, TimeSource.FILE, NOON_MICROS);
        return new Frame(FrameHeader.open(new FrameId(new CameraId(camera), 9, seq), times, 320, 180), picture);
    }

    private TopologyTestDriver driver() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "detect");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
        return new TopologyTestDriver(
                DetectStage.topology(
                        DetectSettings.defaults(),
                        picture -> List.copyOf(planted),
                        Clock.fixed(NOON, ZoneOffset.UTC),
                        new StageMeters(registry, Stage.DETECT)),
                properties);
    }
}
