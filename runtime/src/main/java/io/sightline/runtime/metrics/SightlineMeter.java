package io.sightline.runtime.metrics;

import java.util.List;

/** The catalogue: every meter with its kind, unit, tags, meaning and the balance it belongs to. {@link Meters} makes them. */
public enum SightlineMeter {
    FRAMES_CAPTURED(
            "frames.captured",
            Kind.COUNTER,
            "frames",
            "Frames that ingest gave a sequence number",
            Balance.FRAMES,
            "camera"),
    FRAMES_SHED(
            "frames.shed",
            Kind.COUNTER,
            "frames",
            "Frames that ingest gave up; match settles them too, as shed",
            Balance.NONE,
            "camera",
            "reason"),
    FRAMES_SETTLED(
            "frames.settled",
            Kind.COUNTER,
            "frames",
            "Frames by outcome, as booked",
            Balance.FRAMES,
            "camera",
            "outcome"),
    FRAMES_UNACCOUNTED(
            "frames.unaccounted",
            Kind.GAUGE,
            "frames",
            "Gaps in a camera's ledger: must be 0",
            Balance.FRAMES,
            "camera"),
    LATENCY(
            "latency",
            Kind.TIMER,
            "seconds",
            "From a frame's receipt to its decision, frames neither shed nor rejected",
            Balance.NONE),
    CAMERA_RECONNECTS(
            "camera.reconnects", Kind.COUNTER, "", "Connections lost or refused", Balance.NONE, "camera", "cause"),
    CAMERA_DECODE_ERRORS(
            "camera.decode.errors", Kind.COUNTER, "", "Damaged pictures and packets", Balance.NONE, "camera"),
    CAMERA_BYTES("camera.received", Kind.COUNTER, "bytes", "Compressed video received", Balance.NONE, "camera"),
    CAMERA_FRAME_AGE(
            "camera.frame.age", Kind.GAUGE, "seconds", "Since the camera's last frame", Balance.NONE, "camera"),
    CAMERA_WINDOW("camera.window", Kind.GAUGE, "frames", "Frames that may be in flight", Balance.NONE, "camera"),
    STAGE_RECORDS(
            "stage.records",
            Kind.COUNTER,
            "",
            "Records by what the stage did with them, one result each",
            Balance.STAGE,
            "stage",
            "result"),
    STAGE_WAIT(
            "stage.wait",
            Kind.TIMER,
            "seconds",
            "From the last stage's stamp to this one's start",
            Balance.NONE,
            "stage"),
    STAGE_SERVICE("stage.service", Kind.TIMER, "seconds", "The stage's work on one record", Balance.NONE, "stage"),
    STEP("step", Kind.TIMER, "seconds", "One step of the work on a frame", Balance.NONE, "stage", "step"),
    FACES("faces", Kind.COUNTER, "faces", "Faces by what became of them", Balance.NONE, "stage", "result"),
    DEAD_LETTERS(
            "dead.letters",
            Kind.COUNTER,
            "",
            "Records set aside because they cannot be used",
            Balance.NONE,
            "stage",
            "reason"),
    SEND_FAILURES("send.failures", Kind.COUNTER, "", "Records that a producer gave up", Balance.NONE, "stage", "cause"),
    ROLE_READY("role.ready", Kind.GAUGE, "", "1 while the role can work, 0 while it waits", Balance.NONE, "stage"),
    ROLE_THREAD_DEATHS(
            "role.thread.deaths",
            Kind.COUNTER,
            "",
            "Stream threads that died and were replaced",
            Balance.NONE,
            "stage"),
    GALLERY_PERSONS("gallery.persons", Kind.GAUGE, "", "Enrolled persons in the local index", Balance.NONE),
    GALLERY_TEMPLATES("gallery.templates", Kind.GAUGE, "", "Templates in the local index", Balance.NONE),
    GALLERY_SYNC_AGE("gallery.sync.age", Kind.GAUGE, "seconds", "Since the index last heard from Redis", Balance.NONE),
    PICTURES_DROPPED(
            "pictures.dropped",
            Kind.COUNTER,
            "",
            "Sighting pictures not stored: queue full or Redis away",
            Balance.NONE);

    /** What a meter is. */
    public enum Kind {
        COUNTER,
        GAUGE,
        TIMER
    }

    /** Which meters add up. */
    public enum Balance {
        /** Stands by itself. */
        NONE,
        /** Per camera: captured = Σ settled + in flight + unaccounted. */
        FRAMES,
        /** Per stage: the records that it took from its topic = Σ over the results. */
        STAGE
    }

    private final String meterName;
    private final Kind kind;
    private final String unit;
    private final String sentence;
    private final Balance balance;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> tagKeys;

    SightlineMeter(String name, Kind kind, String unit, String sentence, Balance balance, String... tagKeys) {
        this.meterName = "sightline." + name;
        this.kind = kind;
        this.unit = unit;
        this.sentence = sentence;
        this.balance = balance;
        this.tagKeys = List.of(tagKeys);
    }

    /** {@code sightline.frames.captured}; in Prometheus {@code sightline_frames_captured_frames_total}. */
    public String meterName() {
        return meterName;
    }

    public Kind kind() {
        return kind;
    }

    /** Empty where it counts things without a name of their own. */
    public String unit() {
        return unit;
    }

    public String sentence() {
        return sentence;
    }

    public Balance balance() {
        return balance;
    }

    /** Closed sets, or camera ids; never a person, a track or an address. */
    public List<String> tagKeys() {
        return tagKeys;
    }
}
