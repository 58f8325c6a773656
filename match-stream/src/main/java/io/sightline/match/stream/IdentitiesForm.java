package io.sightline.match.stream;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.face.Landmarks;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.identity.IdentifiedFace;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.ledger.SeqRange;
import io.sightline.match.decide.FaceVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decided frames as the records that consumers read. */
final class IdentitiesForm {
    private IdentitiesForm() {}

    /** The part {@code range} of a settled frame or run. */
    static Identities of(FrameHeader settled, SeqRange range, List<IdentifiedFace> faces, long decidedAtMicros) {
        FrameTimes times = settled.times();
        Settlement settlement = settled.settlement().orElseThrow();
        return new Identities(
                settled.id().camera().value(),
                settled.id().epoch(),
                range.first(),
                Math.toIntExact(range.length()),
                times.capturedAtMicros(),
                times.source().wireName(),
                times.receivedAtMicros(),
                times.publishedAtMicros(),
                times.detectedAtMicros(),
                times.embeddedAtMicros(),
                decidedAtMicros,
                settled.widthPx(),
                settled.heightPx(),
                settlement.outcome().wireName(),
                settlement.reason().wireName(),
                faces);
    }

    static List<IdentifiedFace> faces(List<FaceVerdict> verdicts, List<Optional<String>> sightingIds) {
        List<IdentifiedFace> faces = new ArrayList<>();
        for (int i = 0; i < verdicts.size(); i++) {
            faces.add(face(verdicts.get(i), sightingIds.get(i)));
        }
        return faces;
    }

    private static IdentifiedFace face(FaceVerdict verdict, Optional<String> sightingId) {
        EmbeddedFace face = verdict.face();
        Box box = face.box();
        return new IdentifiedFace(
                face.track().value(),
                List.of(box.left(), box.top(), box.right(), box.bottom()),
                points(face.landmarks()),
                face.score(),
                face.quality().score(),
                verdict.decision(),
                sightingId);
    }

    private static List<Float> points(Landmarks landmarks) {
        List<Float> points = new ArrayList<>();
        for (float value : landmarks.toArray()) {
            points.add(value);
        }
        return points;
    }
}
