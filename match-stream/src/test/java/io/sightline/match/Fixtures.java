package io.sightline.match;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.face.Landmarks;
import io.sightline.contracts.face.Quality;
import io.sightline.contracts.face.QualityFlaw;
import io.sightline.contracts.face.TrackId;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.identity.Person;
import io.sightline.match.gallery.GallerySnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Frames, faces and a gallery for tests. Frame n is captured 100 ms after frame n − 1. */
public final class Fixtures {
    public static final String MODEL = "test-embedder";
    public static final CameraId GATE = new CameraId("gate");
    public static final long EPOCH = 1_000;
    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    public static final long NOON_MICROS = NOON.getEpochSecond() * 1_000_000;
    public static final long FRAME_MICROS = 100_000;

    /** Stands on axis 0. */
    public static final Person ADA = new Person("id-ada", "Ada");
    /** Stands on axis 1. */
    public static final Person BEN = new Person("id-ben", "Ben");

    public static final GallerySnapshot GALLERY =
            GallerySnapshot.of("5-0", MODEL, Map.of(ADA, List.of(Vectors.axis(0)), BEN, List.of(Vectors.axis(1))));

    public static final Box LEFT = new Box(100, 100, 200, 220);
    public static final Box RIGHT = new Box(400, 100, 500, 220);

    private Fixtures() {}

    public static FrameHeader header(long seq) {
        return header(EPOCH, seq);
    }

    public static FrameHeader header(long epoch, long seq) {
        long at = NOON_MICROS + seq * FRAME_MICROS;
        return FrameHeader.open(
                new FrameId(GATE, epoch, seq), FrameTimes.received(at, TimeSource.ARRIVAL, at), 640, 360);
    }

    public static Embeddings frame(long seq, EmbeddedFace... faces) {
        return new Embeddings(header(seq), MODEL, List.of(faces));
    }

    public static Embeddings frame(FrameHeader header, EmbeddedFace... faces) {
        return new Embeddings(header, MODEL, List.of(faces));
    }

    public static Embeddings settledRun(long seq, int length, Settlement settlement) {
        FrameHeader first = header(seq);
        return new Embeddings(
                new FrameHeader(first.id(), length, first.times(), 640, 360, Optional.of(settlement)), "", List.of());
    }

    public static EmbeddedFace face(String track, Box box, Embedding vector) {
        return face(track, box, 0.8, Optional.of(vector));
    }

    public static EmbeddedFace face(String track, Box box, double quality, Optional<Embedding> vector) {
        return new EmbeddedFace(
                new TrackId(track),
                box,
                Landmarks.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                0.9f,
                new Quality(box.widthPx(), 100, 2, (float) quality),
                vector,
                Jpeg.adopt(new byte[] {(byte) 0xFF, (byte) 0xD8, 1}));
    }

    /** Small, without a vector. */
    public static EmbeddedFace poorFace(String track, Box box) {
        return new EmbeddedFace(
                new TrackId(track),
                box,
                Landmarks.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                0.6f,
                new Quality(20, 100, 2, 0, Optional.of(QualityFlaw.SIZE)),
                Optional.empty(),
                Jpeg.none());
    }
}
