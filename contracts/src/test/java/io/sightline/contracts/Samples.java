package io.sightline.contracts;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Crop;
import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.face.Face;
import io.sightline.contracts.face.Faces;
import io.sightline.contracts.face.Landmarks;
import io.sightline.contracts.face.Quality;
import io.sightline.contracts.face.TrackId;
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
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.IdentifiedFace;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Receipt;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.ledger.Ledger;
import io.sightline.contracts.ledger.LedgerEntry;
import io.sightline.contracts.ledger.Settled;
import io.sightline.contracts.ops.AuditEvent;
import io.sightline.contracts.ops.CameraState;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/** One message of each kind with every field set, the same each time: what the golden bytes of version 1 hold. */
final class Samples {
    static final FrameId FRAME_ID = new FrameId(new CameraId("gate-2"), 1_764_000_000_123L, 41);
    static final FrameTimes TIMES = new FrameTimes(
            1_764_000_001_000_001L, TimeSource.RTCP, 1_764_000_001_020_002L, 1_764_000_001_021_003L, 0, 0);
    static final FrameHeader OPEN = FrameHeader.open(FRAME_ID, TIMES, 1280, 720);
    static final FrameHeader RUN =
            new FrameHeader(FRAME_ID, 7, TIMES, 0, 0, Optional.of(Settlement.shed(Reason.ADMISSION)));
    static final Box BOX = new Box(10.5f, 20.25f, 90, 120.75f);
    static final Landmarks LANDMARKS = Landmarks.of(30, 50, 70, 50.5f, 50, 70, 35, 95, 66, 94);
    static final TrackId TRACK = TrackId.begunAt(FRAME_ID, 0);
    static final Receipt RECEIPT = new Receipt(0.71, 0.05, 0.4, 0.1, 3, "embedder-a", "1764-0");
    static final Person PERSON = new Person("p-17", "Ada Łukasz 王芳");

    private Samples() {}

    /** Golden file name to topic and message. */
    static Map<String, Sample<?>> all() {
        Map<String, Sample<?>> samples = new LinkedHashMap<>();
        samples.put("frame", new Sample<>(Topics.FRAMES, new Frame(OPEN, jpeg("picture"))));
        samples.put("frame-run", new Sample<>(Topics.FRAMES, Frame.settled(RUN)));
        samples.put("faces", new Sample<>(Topics.FACES, new Faces(OPEN, List.of(face()))));
        samples.put("embeddings", new Sample<>(Topics.EMBEDDINGS, new Embeddings(OPEN, "embedder-a", embedded())));
        samples.put("identities", new Sample<>(Topics.IDENTITIES, identities()));
        samples.put("sighting-person", new Sample<>(Topics.SIGHTINGS, sighting(Optional.of(PERSON), Optional.empty())));
        samples.put("sighting-unknown", new Sample<>(Topics.SIGHTINGS, sighting(Optional.empty(), Optional.of("u-3"))));
        samples.put("camera", new Sample<>(Topics.CAMERAS, camera()));
        samples.put("settled", new Sample<>(Topics.SETTLED, new Settled("gate-2", FRAME_ID.epoch(), 41, 61.25, 9)));
        samples.put("ledger", new Sample<>(Topics.LEDGER, LedgerEntry.of(ledger(), 10, true)));
        samples.put("dead-letter", new Sample<>(Topics.DEAD_LETTERS, deadLetter()));
        samples.put(
                "audit", new Sample<>(Topics.AUDIT, new AuditEvent("p-17", "enrolled", "operator", "3 photos", 11)));
        return samples;
    }

    record Sample<V>(Topic<V> topic, V message) {
        byte[] encoded() {
            return topic.codec().encode(message);
        }
    }

    private static Face face() {
        return new Face(TRACK, BOX, LANDMARKS, 0.875f, new Crop(jpeg("crop"), 2, 3, 1.5f));
    }

    static Embeddings embeddingsOf(Quality quality) {
        EmbeddedFace face = new EmbeddedFace(TRACK, BOX, LANDMARKS, 0.5f, quality, Optional.empty(), Jpeg.none());
        return new Embeddings(OPEN, "embedder-a", List.of(face));
    }

    private static List<EmbeddedFace> embedded() {
        Quality quality = new Quality(79.5f, 210, 2.5f, 0.75f);
        Embedding embedding = Embedding.adoptUnit(new float[] {0.6f, -0.8f, 0});
        return List.of(
                new EmbeddedFace(TRACK, BOX, LANDMARKS, 0.875f, quality, Optional.of(embedding), jpeg("aligned")),
                new EmbeddedFace(TRACK, BOX, LANDMARKS, 0.5f, quality, Optional.empty(), Jpeg.none()));
    }

    private static Identities identities() {
        List<Decision> decisions = List.of(
                new Decision.Known(PERSON, RECEIPT),
                new Decision.Unknown(RECEIPT),
                new Decision.Ambiguous(List.of("p-17", "p-18"), RECEIPT),
                new Decision.LowQuality("pose"));
        List<IdentifiedFace> faces = decisions.stream()
                .map(decision -> new IdentifiedFace(
                        TRACK.value(),
                        List.of(10.5f, 20.25f, 90f, 120.75f),
                        List.of(30f, 50f, 70f, 50.5f, 50f, 70f, 35f, 95f, 66f, 94f),
                        0.875,
                        0.75,
                        decision,
                        decision instanceof Decision.Known ? Optional.of("s-1") : Optional.empty()))
                .toList();
        return new Identities(
                "gate-2",
                FRAME_ID.epoch(),
                41,
                1,
                TIMES.capturedAtMicros(),
                "rtcp",
                TIMES.receivedAtMicros(),
                TIMES.publishedAtMicros(),
                5,
                6,
                7,
                1280,
                720,
                "identified",
                "decided",
                faces);
    }

    private static Sighting sighting(Optional<Person> person, Optional<String> unknownId) {
        return new Sighting(
                "s-1", "updated", "gate-2", person, unknownId, 5, 41, 50, 100, 200, 10, 0.71, 0.75, Optional.of("k"));
    }

    private static CameraState camera() {
        return new CameraState(
                "gate-2",
                "reconnecting",
                Optional.of("refused"),
                Optional.of("connection refused; reconnecting in 4 s"),
                "rtsp://***@10.0.0.7/cam",
                5,
                42,
                3,
                Optional.of("h264"),
                1920,
                1080,
                Optional.of("rtcp"),
                12);
    }

    private static Ledger ledger() {
        return Ledger.begin("gate-2", FRAME_ID.epoch())
                .settle(0, 40, Outcome.NO_FACE)
                .settle(40, 41, Outcome.IDENTIFIED)
                .settle(43, 50, Outcome.SHED)
                .settle(0, 1, Outcome.NO_FACE);
    }

    private static DeadLetter deadLetter() {
        return new DeadLetter(
                Stage.EMBED,
                "sightline.faces.v1",
                3,
                17,
                "malformed",
                "17 bytes are no Faces",
                bytes("key"),
                bytes("?"),
                13);
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Jpeg jpeg(String text) {
        return Jpeg.adopt(text.getBytes(StandardCharsets.UTF_8));
    }
}
