package io.sightline.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Crop;
import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.face.Face;
import io.sightline.contracts.face.Faces;
import io.sightline.contracts.face.QualityFlaw;
import io.sightline.contracts.face.TrackId;
import io.sightline.contracts.frame.CameraId;
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
import io.sightline.embed.picture.FaceJpegWriter;
import io.sightline.inference.RgbImage;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.metrics.StageMeters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbedStageTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long NOON_MICROS = NOON.getEpochSecond() * 1_000_000;
    private static final CameraId GATE = new CameraId("gate");
    private static final RgbImage SHARP = TestPictures.blocks(224, 12, 1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeFaceNetwork network = new FakeFaceNetwork();
    private final TopologyTestDriver driver = new TopologyTestDriver(
            EmbedStage.topology(
                    EmbedSettings.defaults(),
                    FaceEmbedder.over(network, EmbedderSettings.defaults()),
                    Clock.fixed(NOON, ZoneOffset.UTC),
                    new StageMeters(registry, Stage.EMBED)),
            new Properties());
    private final TestInputTopic<byte[], byte[]> faces =
            driver.createInputTopic(Topics.FACES.name(), new ByteArraySerializer(), new ByteArraySerializer());
    private final TestOutputTopic<byte[], byte[]> embeddings = driver.createOutputTopic(
            Topics.EMBEDDINGS.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    private final TestOutputTopic<byte[], byte[]> deadLetters = driver.createOutputTopic(
            Topics.DEAD_LETTERS.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void faceGetsItsVectorAndTheFrameItsStamp() {
        Embeddings out = process(frame(1, 20_000, List.of(face(0, goodCrop()))));

        EmbeddedFace face = out.faces().get(0);
        assertThat(out.modelId()).isEqualTo("mean-colour");
        assertThat(out.header().isSettled()).isFalse();
        assertThat(out.header().times().embeddedAtMicros()).isEqualTo(NOON_MICROS);
        assertThat(face.embedding()).isPresent();
        assertThat(face.aligned().isEmpty()).isFalse();
        assertThat(face.quality().faceWidthPx()).isEqualTo(80);
        assertThat(face.quality().poseResidualPx()).isLessThan(0.01f);
        assertThat(counted("embedded")).isEqualTo(1);
    }

    /** The crop is 224 px, scaled by 1/2, at 100,50: landmarks in frame pixels must find their place in it. */
    @Test
    void cropsOriginAndScaleAreUndone() {
        Crop half = new Crop(FaceJpegWriter.write(TestPictures.blocks(112, 6, 1), 1), 100, 50, 2);
        Face inFrame = new Face(
                new TrackId("gate/1/0#0"), new Box(120, 70, 280, 260), TestPictures.frontal(2, 100, 50), 0.9f, half);

        Embeddings moved = process(frame(1, 0, List.of(inFrame)));

        EmbeddedCrop direct = FaceEmbedder.over(network, EmbedderSettings.defaults())
                .embed(read(half.picture()), TestPictures.frontal(1, 0, 0), 160);
        assertThat(moved.faces().get(0).embedding()).isEqualTo(direct.embedding());
        assertThat(moved.faces().get(0).aligned()).isEqualTo(direct.aligned());
    }

    @Test
    void sameFrameTwiceGivesTheSameBytes() {
        byte[] frame = frame(1, 20_000, List.of(face(0, goodCrop()), face(1, goodCrop())));

        faces.pipeInput(key(), frame);
        faces.pipeInput(key(), frame);

        List<byte[]> out = embeddings.readValuesToList();
        assertThat(out).hasSize(2);
        assertThat(out.get(0)).isEqualTo(out.get(1));
    }

    @Test
    void frameWithoutFacesGoesOnOpenAndWithoutAModelId() {
        Embeddings out = process(frame(1, 20_000, List.of()));

        assertThat(out.header().isSettled()).isFalse();
        assertThat(out.faces()).isEmpty();
        assertThat(network.runs()).isEmpty();
    }

    @Test
    void sixtyFacesAllGetTheirVectorInOneRun() {
        List<Face> crowd =
                IntStream.range(0, 60).mapToObj(i -> face(i, goodCrop())).toList();

        Embeddings out = process(frame(1, 20_000, crowd));

        assertThat(out.faces()).hasSize(60).allMatch(face -> face.embedding().isPresent());
        assertThat(out.faces().get(59).track()).isEqualTo(crowd.get(59).track());
        assertThat(network.runs()).containsExactly(2 * 60);
    }

    @Test
    void cropThatCannotBeReadCostsItsFaceTheVectorAndNobodyElse() {
        List<Crop> broken = List.of(
                crop(Jpeg.none()),
                crop(Jpeg.adopt("no picture".getBytes(StandardCharsets.US_ASCII))),
                crop(truncated(goodCrop().picture())));
        List<Face> all = new ArrayList<>();
        broken.forEach(one -> all.add(face(all.size(), one)));
        all.add(face(3, goodCrop()));

        Embeddings out = process(frame(1, 20_000, all));

        assertThat(out.faces().stream().map(face -> face.embedding().isPresent()))
                .containsExactly(false, false, false, true);
        assertThat(out.faces().get(0).quality().flaw()).contains(QualityFlaw.BLUR);
        assertThat(counted("unreadable")).isEqualTo(3);
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void frameWhoseFacesAreAllTooPoorStaysOpen() {
        Face small = new Face(
                new TrackId("gate/1/0#0"), new Box(0, 0, 17, 20), TestPictures.frontal(0.2f, 0, 0), 0.9f, goodCrop());

        Embeddings out = process(frame(1, 20_000, List.of(small)));

        assertThat(out.header().isSettled()).isFalse();
        assertThat(out.modelId()).isEqualTo("mean-colour");
        assertThat(out.faces().get(0).quality().flaw()).contains(QualityFlaw.SIZE);
        assertThat(counted("size")).isEqualTo(1);
    }

    @Test
    void settledFrameIsHandedOnAsItIs() {
        FrameHeader shed = header(7, 0).settle(Settlement.shed(Reason.ADMISSION));

        Embeddings out = process(Topics.FACES.codec().encode(new Faces(shed, List.of())));

        assertThat(out.header()).isEqualTo(shed);
    }

    @Test
    void frameOlderThanMaxAgeIsShedBeforeAnythingIsDecoded() {
        Embeddings out = process(frame(1, Duration.ofSeconds(2).toNanos() / 1_000, List.of(face(0, goodCrop()))));

        assertThat(out.header().settlement()).contains(Settlement.shed(Reason.EXPIRED));
        assertThat(network.runs()).isEmpty();
    }

    @Test
    void recordThatIsNoMessageIsParkedAndTheNextOneProcessed() {
        faces.pipeInput(key(), "garbage".getBytes(StandardCharsets.US_ASCII));

        Embeddings next = process(frame(2, 20_000, List.of(face(0, goodCrop()))));

        assertThat(next.header().id().seq()).isEqualTo(2);
        DeadLetter letter = Topics.DEAD_LETTERS.codec().decode(deadLetters.readValue());
        assertThat(letter.stage()).isEqualTo(Stage.EMBED);
        assertThat(letter.reason()).isEqualTo("malformed");
    }

    private double counted(String result) {
        return registry.get(SightlineMeter.FACES.meterName())
                .tag("result", result)
                .counter()
                .count();
    }

    private Embeddings process(byte[] frame) {
        faces.pipeInput(key(), frame);
        return Topics.EMBEDDINGS.codec().decode(embeddings.readValue());
    }

    private static byte[] frame(long seq, long ageMicros, List<Face> faces) {
        return Topics.FACES.codec().encode(new Faces(header(seq, ageMicros), faces));
    }

    private static FrameHeader header(long seq, long ageMicros) {
        long received = NOON_MICROS - ageMicros;
        return FrameHeader.open(
                new FrameId(GATE, 1, seq), FrameTimes.received(received, TimeSource.ARRIVAL, received), 1280, 720);
    }

    private static Face face(int index, Crop crop) {
        return new Face(
                new TrackId("gate/1/0#" + index),
                new Box(40, 30, 120, 130),
                TestPictures.frontal(1.6f, 10, 20),
                0.9f,
                crop);
    }

    private static Crop goodCrop() {
        return crop(FaceJpegWriter.write(SHARP, 0.9f));
    }

    private static Crop crop(Jpeg picture) {
        return new Crop(picture, 10, 20, 1);
    }

    private static Jpeg truncated(Jpeg whole) {
        return Jpeg.adopt(java.util.Arrays.copyOf(whole.bytes(), whole.sizeBytes() / 2));
    }

    private static RgbImage read(Jpeg jpeg) {
        try {
            return io.sightline.embed.picture.CropReader.read(jpeg);
        } catch (io.sightline.embed.picture.UnreadableCropException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] key() {
        return GATE.value().getBytes(StandardCharsets.UTF_8);
    }
}
