package io.sightline.contracts.topic;

import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.face.Faces;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.ledger.LedgerEntry;
import io.sightline.contracts.ledger.Settled;
import io.sightline.contracts.ops.AuditEvent;
import io.sightline.contracts.ops.CameraState;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.wire.JsonCodec;
import io.sightline.contracts.wire.MessageCodec;
import io.sightline.contracts.wire.ProtoCodecs;
import java.time.Duration;
import java.util.List;

/** All topics of Sightline. Keys are camera ids, but person ids in {@link #AUDIT}. */
public final class Topics {
    /** Name of the Kafka header that repeats the frame id as text, so that a record whose body is damaged still has a frame. */
    public static final String FRAME_ID_HEADER = "frame-id";

    /** Name of the Kafka header with a frame's {@link io.sightline.contracts.frame.TraceContext}, W3C's form; goes the whole way. */
    public static final String TRACE_PARENT_HEADER = "traceparent";

    public static final Topic<Frame> FRAMES = heavy("frames", ProtoCodecs.FRAME, Duration.ofMinutes(10), Frame.class);
    public static final Topic<Faces> FACES = heavy("faces", ProtoCodecs.FACES, Duration.ofHours(1), Faces.class);
    public static final Topic<Embeddings> EMBEDDINGS =
            heavy("embeddings", ProtoCodecs.EMBEDDINGS, Duration.ofHours(1), Embeddings.class);
    public static final Topic<Identities> IDENTITIES = json("identities", Duration.ofDays(7), Identities.class);
    public static final Topic<Sighting> SIGHTINGS = json("sightings", Duration.ofDays(90), Sighting.class);
    public static final Topic<CameraState> CAMERAS = json("cameras", Duration.ZERO, CameraState.class);
    public static final Topic<Settled> SETTLED = json("settled", Duration.ZERO, Settled.class);
    public static final Topic<LedgerEntry> LEDGER = json("ledger", Duration.ofDays(90), LedgerEntry.class);
    public static final Topic<DeadLetter> DEAD_LETTERS =
            new Topic<>("dead-letters", ProtoCodecs.DEAD_LETTER, Duration.ofDays(7), false, DeadLetter.class);
    public static final Topic<AuditEvent> AUDIT =
            new Topic<>("audit", new JsonCodec<>(AuditEvent.class), Duration.ofDays(365), false, AuditEvent.class);

    private static final List<Topic<?>> ALL =
            List.of(FRAMES, FACES, EMBEDDINGS, IDENTITIES, SIGHTINGS, CAMERAS, SETTLED, LEDGER, DEAD_LETTERS, AUDIT);

    private Topics() {}

    public static List<Topic<?>> all() {
        return ALL;
    }

    private static <V> Topic<V> heavy(String name, MessageCodec<V> codec, Duration retention, Class<V> type) {
        return new Topic<>(name, codec, retention, true, type);
    }

    private static <V> Topic<V> json(String name, Duration retention, Class<V> type) {
        return new Topic<>(name, new JsonCodec<>(type), retention, true, type);
    }
}
