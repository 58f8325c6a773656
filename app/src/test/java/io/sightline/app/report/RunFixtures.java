package io.sightline.app.report;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.IdentifiedFace;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Receipt;
import io.sightline.contracts.identity.Sighting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of a run that never was: cameras at 10 fps, frames received when captured. */
public final class RunFixtures {
    public static final long EPOCH = 1_700_000_000_000L;
    public static final long START_MICROS = EPOCH * 1_000;
    public static final CameraId LOBBY = new CameraId("lobby");
    public static final CameraId GATE = new CameraId("gate");
    private static final long FRAME_MICROS = 100_000;

    private RunFixtures() {}

    public static TallySpec spec() {
        return new TallySpec(List.of(LOBBY, GATE), EPOCH, Duration.ofSeconds(5));
    }

    public static long receivedAt(long seq) {
        return START_MICROS + seq * FRAME_MICROS;
    }

    /** One frame, decided 20 ms after its receipt. */
    public static Identities frame(CameraId camera, long seq, Decision... decisions) {
        List<IdentifiedFace> faces =
                java.util.Arrays.stream(decisions).map(RunFixtures::face).toList();
        Outcome outcome = Decision.outcomeOf(List.of(decisions));
        return record(camera, seq, 1, outcome, Reason.DECIDED, faces);
    }

    public static Identities settled(CameraId camera, long seq, int frames, Outcome outcome, Reason reason) {
        return record(camera, seq, frames, outcome, reason, List.of());
    }

    public static Decision known(String name, double similarity) {
        return new Decision.Known(new Person("id-" + name, name), receipt(similarity));
    }

    public static Decision unknown(double similarity) {
        return new Decision.Unknown(receipt(similarity));
    }

    public static Decision poor(String cause) {
        return new Decision.LowQuality(cause);
    }

    /** A face of 60 by 80 pixels at 100, 50. */
    public static IdentifiedFace face(Decision decision) {
        return face(decision, 100, 50, 160, 130);
    }

    public static IdentifiedFace face(Decision decision, float left, float top, float right, float bottom) {
        float width = right - left;
        float height = bottom - top;
        return new IdentifiedFace(
                "track",
                List.of(left, top, right, bottom),
                List.of(
                        left + 0.3f * width, top + 0.4f * height,
                        left + 0.7f * width, top + 0.4f * height,
                        left + 0.5f * width, top + 0.6f * height,
                        left + 0.35f * width, top + 0.8f * height,
                        left + 0.65f * width, top + 0.8f * height),
                0.9,
                0.8,
                decision,
                Optional.empty());
    }

    public static Sighting sighting(String id, String change, String name, long firstSeq, long lastSeq) {
        return new Sighting(
                id,
                change,
                LOBBY.value(),
                name.equals("unknown") ? Optional.empty() : Optional.of(new Person("id-" + name, name)),
                name.equals("unknown") ? Optional.of("unknown-" + id) : Optional.empty(),
                EPOCH,
                firstSeq,
                lastSeq,
                receivedAt(firstSeq),
                receivedAt(lastSeq),
                lastSeq - firstSeq + 1,
                0.75,
                0.9,
                Optional.empty());
    }

    /** A report with every kind of value in it. */
    public static Report report() {
        Map<CameraId, CameraReport> cameras = new LinkedHashMap<>();
        cameras.put(
                LOBBY,
                new CameraReport(
                        675,
                        Map.of(
                                Outcome.IDENTIFIED, 510L,
                                Outcome.UNKNOWN, 31L,
                                Outcome.NO_FACE, 8L,
                                Outcome.LOW_QUALITY, 121L,
                                Outcome.SHED, 4L,
                                Outcome.REJECTED, 1L),
                        14.98251));
        cameras.put(GATE, new CameraReport(0, Map.of(), 0));
        return new Report(
                cameras,
                Optional.of(new Percentiles(670, 38.4123, 112, 187.5)),
                Optional.of(new Percentiles(600, 36, 90, 120)),
                List.of(line(Optional.of("Zoë 张伟"), 0.2, 14.8004, 0.84), line(Optional.empty(), 15, 20.8, -0.0312)),
                new ReportedModels(
                        ReportedModel.of("detector-1", "aa11", "npm retinaface@0.0.6", "MIT"),
                        Optional.of(ReportedModel.of("landmarker-1", "cc33", "repository", "MIT")),
                        ReportedModel.of("embedder-1", "bb22", "npm faceplugin@1.0.3", "MIT")
                                .deciding(0.4, 0.1)));
    }

    public static SightingLine line(Optional<String> person, double fromS, double toS, double similarity) {
        return new SightingLine(
                "s" + fromS,
                LOBBY,
                person,
                person.isPresent() ? Optional.empty() : Optional.of("0123456789abcdef"),
                fromS,
                toS,
                Math.round((toS - fromS) * 15),
                similarity,
                false);
    }

    private static Receipt receipt(double similarity) {
        return new Receipt(similarity, 0.05, 0.4, 0.1, 5, "embedder-1", "1-0");
    }

    private static Identities record(
            CameraId camera, long seq, int frames, Outcome outcome, Reason reason, List<IdentifiedFace> faces) {
        long at = receivedAt(seq);
        return new Identities(
                camera.value(),
                EPOCH,
                seq,
                frames,
                at,
                "arrival",
                at,
                at + 1_000,
                at + 10_000,
                at + 15_000,
                at + 20_000,
                480,
                270,
                outcome.wireName(),
                reason.wireName(),
                faces);
    }
}
