package io.sightline.runtime.metrics;

import static io.sightline.runtime.metrics.MeterKind.COUNTER;
import static io.sightline.runtime.metrics.MeterKind.GAUGE;
import static io.sightline.runtime.metrics.MeterKind.SUMMARY;
import static io.sightline.runtime.metrics.MeterKind.TIMER;
import static io.sightline.runtime.metrics.MeterUnit.BYTE;
import static io.sightline.runtime.metrics.MeterUnit.CELSIUS;
import static io.sightline.runtime.metrics.MeterUnit.FACE;
import static io.sightline.runtime.metrics.MeterUnit.FRAME;
import static io.sightline.runtime.metrics.MeterUnit.NONE;
import static io.sightline.runtime.metrics.MeterUnit.PERCENT;
import static io.sightline.runtime.metrics.MeterUnit.RATIO;
import static io.sightline.runtime.metrics.MeterUnit.RECORD;
import static io.sightline.runtime.metrics.MeterUnit.SECOND;
import static io.sightline.runtime.metrics.MeterUnit.WATT;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The catalogue: every meter with its kind, unit, meaning and tags. {@link Meters} makes them; {@code docs/metrics.md} lists them.
 *
 * <p>Two balances hold, and tests assert them. Per camera: captured = Σ settled + in flight + unaccounted. Per stage: records taken from
 * its topic = Σ {@link #STAGE_RECORDS} over the results.
 */
public enum SightlineMeter {
    FRAMES_CAPTURED("frames.captured", COUNTER, FRAME, "Frames that ingest gave a sequence number", "camera"),
    FRAMES_SHED(
            "frames.shed", COUNTER, FRAME, "Given up by ingest; match settles them too, as shed", "camera", "reason"),
    FRAMES_SETTLED("frames.settled", COUNTER, FRAME, "Frames by outcome, as booked", "camera", "outcome"),
    FRAMES_IN_FLIGHT("frames.in.flight", GAUGE, FRAME, "Published and not yet reported as settled", "camera"),
    FRAMES_UNACCOUNTED("frames.unaccounted", GAUGE, FRAME, "Gaps in a camera's ledger: must be 0", "camera"),

    LATENCY("latency", TIMER, SECOND, "From a frame's receipt to its decision, neither shed nor rejected"),
    CAPTURE_DELAY(
            "capture.delay", TIMER, SECOND, "From a frame's capture to its receipt, by what told the time", "source"),

    CAMERA_STATE(
            "camera.state", GAUGE, NONE, "0 connecting, 1 streaming, 2 reconnecting, 3 ended, 4 stopped", "camera"),
    CAMERA_RECONNECTS("camera.reconnects", COUNTER, NONE, "Connections lost or refused", "camera", "cause"),
    CAMERA_DECODE_ERRORS("camera.decode.errors", COUNTER, NONE, "Damaged pictures and packets", "camera"),
    CAMERA_BYTES("camera.received", COUNTER, BYTE, "Compressed video received", "camera"),
    CAMERA_FRAME_AGE(
            "camera.frame.age", GAUGE, SECOND, "Since the camera's last frame; absent before the first", "camera"),
    CAMERA_PICTURE_AGE("camera.picture.age", GAUGE, SECOND, "Since the camera's picture last changed", "camera"),
    CAMERA_CLOCK_OFFSET("camera.clock.offset", GAUGE, SECOND, "Camera's clock less ours, where it tells one", "camera"),
    CAMERA_WINDOW("camera.window", GAUGE, FRAME, "Frames that may be in flight", "camera"),

    STAGE_RECORDS(
            "stage.records", COUNTER, RECORD, "Records by what was done with them, one result each", "stage", "result"),
    STAGE_WAIT("stage.wait", TIMER, SECOND, "From the last stage's stamp to this one's start", "stage"),
    STAGE_SERVICE("stage.service", TIMER, SECOND, "The stage's work on one record", "stage"),
    STAGE_AGE(
            "stage.age",
            TIMER,
            SECOND,
            "From a frame's receipt to this stage's end; to the last one's: latency",
            "stage"),
    STAGE_LAG("stage.lag", GAUGE, SECOND, "How far behind its topic, in the partition that is furthest", "stage"),
    STAGE_LAG_RECORDS("stage.lag.records", GAUGE, RECORD, "Records that wait in the topic for this instance", "stage"),
    STAGE_PARTITIONS("stage.partitions", GAUGE, NONE, "Partitions that this instance works on", "stage"),
    STEP("step", TIMER, SECOND, "One step of the work on a frame", "stage", "step"),
    BATCH_SIZE(
            "batch.size",
            SUMMARY,
            FACE,
            "Faces that a network saw in one run; with embed.mirror each counts twice",
            "stage"),
    BATCH_WAIT("batch.wait", TIMER, SECOND, "What a face waited for others to share its run", "stage"),

    FACES("faces", COUNTER, FACE, "Faces by what became of them", "stage", "result"),
    FACES_PER_FRAME("faces.per.frame", SUMMARY, FACE, "Faces found in a frame, of frames with any"),
    FACE_QUALITY("face.quality", SUMMARY, PERCENT, "Quality of faces, 0 to 100"),
    DECISIONS("decisions", COUNTER, FACE, "Decisions on faces: known, unknown, ambiguous, low_quality", "decision"),
    SIMILARITY(
            "similarity",
            SUMMARY,
            PERCENT,
            "Cosine times 100 of a face to the most similar person, by decision",
            "decision"),
    MARGIN(
            "margin",
            SUMMARY,
            PERCENT,
            "Cosine times 100 by which the most similar person beats the next, by decision",
            "decision"),
    SIGHTINGS("sightings", COUNTER, NONE, "Events of sightings: opened, updated, closed", "event"),

    GALLERY_PERSONS("gallery.persons", GAUGE, NONE, "Enrolled persons in the local index"),
    GALLERY_TEMPLATES("gallery.templates", GAUGE, NONE, "Templates in the local index"),
    GALLERY_REVISION("gallery.revision", GAUGE, NONE, "Changes of the gallery that the local index has taken in"),
    GALLERY_SYNC_AGE("gallery.sync.age", GAUGE, SECOND, "Since the index last heard from Redis"),
    GALLERY_SEARCH("gallery.search", TIMER, SECOND, "One search of the local index"),
    GALLERY_RECALL_CHECKED("gallery.recall.checked", COUNTER, NONE, "Searches done again by the plain exact way"),
    GALLERY_RECALL_FOUND("gallery.recall.found", COUNTER, NONE, "Those of them that had found the same person"),
    REDIS_CALL("redis.call", TIMER, SECOND, "Calls to Redis: ok or failed", "result"),
    PICTURES_STORED("pictures.stored", COUNTER, NONE, "Sighting pictures stored in Redis"),
    PICTURES_DROPPED("pictures.dropped", COUNTER, NONE, "Sighting pictures not stored: queue full or Redis away"),

    DEAD_LETTERS("dead.letters", COUNTER, RECORD, "Set aside because they cannot be used", "stage", "reason"),
    SEND_FAILURES("send.failures", COUNTER, RECORD, "Given up by a producer", "stage", "cause"),
    ROLE_READY("role.ready", GAUGE, NONE, "1 while the role can work, 0 while it waits", "stage"),
    ROLE_THREAD_DEATHS("role.thread.deaths", COUNTER, NONE, "Stream threads that died and were replaced", "stage"),
    MODEL_INFO("model.info", GAUGE, NONE, "1: the model in use, and what computes it", "task", "model", "provider"),
    BUILD_INFO("build.info", GAUGE, NONE, "1: what runs here", "role", "version"),
    CERTIFICATE_EXPIRY(
            "certificate.expiry", GAUGE, SECOND, "Until a certificate in use expires; below 0 it has", "use"),
    TRACES("traces", COUNTER, NONE, "Traces of frames, by why they were kept", "reason"),

    GPU_UTILISATION("gpu.utilisation", GAUGE, RATIO, "Share of time in which the GPU computed", "gpu"),
    GPU_MEMORY_USED("gpu.memory.used", GAUGE, BYTE, "GPU memory in use", "gpu"),
    GPU_MEMORY_TOTAL("gpu.memory.total", GAUGE, BYTE, "GPU memory", "gpu"),
    GPU_TEMPERATURE("gpu.temperature", GAUGE, CELSIUS, "GPU temperature", "gpu"),
    GPU_POWER("gpu.power", GAUGE, WATT, "GPU power draw", "gpu"),
    GPU_THROTTLED("gpu.throttled", GAUGE, NONE, "1 while heat or power slows the GPU down", "gpu");

    private static final Set<SightlineMeter> COSINES = Set.of(SIMILARITY, MARGIN);
    private static final Set<SightlineMeter> COUNTS = Set.of(BATCH_SIZE, FACES_PER_FRAME);

    private final String meterName;
    private final MeterKind kind;
    private final MeterUnit unit;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> tagKeys;

    SightlineMeter(String name, MeterKind kind, MeterUnit unit, String sentence, String... tagKeys) {
        this.meterName = "sightline." + name;
        this.kind = kind;
        this.unit = unit;
        this.sentence = sentence;
        this.tagKeys = List.of(tagKeys);
    }

    /** {@code sightline.frames.captured}; see {@link #prometheusName()}. */
    public String meterName() {
        return meterName;
    }

    /** {@code sightline_frames_captured_total}; of a histogram, what stands before {@code _bucket}, {@code _sum} and {@code _count}. */
    public String prometheusName() {
        String suffix = unit.suffix() == null ? "" : "_" + unit.suffix();
        String base = meterName.replace('.', '_') + suffix;
        return kind == COUNTER ? base + "_total" : base;
    }

    public MeterKind kind() {
        return kind;
    }

    public MeterUnit unit() {
        return unit;
    }

    public String sentence() {
        return sentence;
    }

    /** Closed sets, or camera ids; never a person, a track or an address. */
    public List<String> tagKeys() {
        return tagKeys;
    }

    /** Of a timer or a summary. */
    Buckets buckets() {
        if (this == GALLERY_SEARCH) {
            return Buckets.SEARCH;
        }
        if (kind == TIMER) {
            return Buckets.LATENCY;
        }
        return COSINES.contains(this) ? Buckets.COSINE : COUNTS.contains(this) ? Buckets.COUNT : Buckets.PERCENT;
    }

    @Override
    public String toString() {
        return meterName + " (" + kind.name().toLowerCase(Locale.ROOT) + ")";
    }
}
