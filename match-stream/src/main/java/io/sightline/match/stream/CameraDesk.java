package io.sightline.match.stream;

import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.IdentifiedFace;
import io.sightline.contracts.identity.Sighting;
import io.sightline.match.MatchSettings;
import io.sightline.match.decide.FaceVerdict;
import io.sightline.match.decide.FrameDecider;
import io.sightline.match.decide.FrameMoment;
import io.sightline.match.gallery.GallerySnapshot;
import io.sightline.match.sighting.Announced;
import io.sightline.match.sighting.CameraMemory;
import io.sightline.match.sighting.Observed;
import io.sightline.match.sighting.SightingBook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides one frame and brings its camera's memory forward; touches nothing but the gallery's snapshot and the picture store. */
final class CameraDesk {
    private static final Logger LOG = LoggerFactory.getLogger(CameraDesk.class);

    private final MatchPorts ports;
    private final MatchMeters meters;
    private final FrameDecider decider;
    private final SightingBook book;
    private String reportedVersion = "";

    CameraDesk(MatchSettings settings, MatchPorts ports, MatchMeters meters) {
        this.ports = ports;
        this.meters = meters;
        this.decider = new FrameDecider(settings.rule(), settings.evidence(), meters.search());
        this.book = new SightingBook(settings.sightings());
    }

    SightingBook book() {
        return book;
    }

    /** A frame with its outcome, and what it changed. */
    record Outcome(FrameHeader settled, List<IdentifiedFace> faces, CameraMemory memory, List<Sighting> events) {}

    /** A frame in its turn. Throws what the search throws for vectors that do not fit the gallery's. */
    Outcome inTurn(Embeddings frame, CameraMemory memory) {
        FrameMoment at = FrameMoment.of(frame.header());
        GallerySnapshot gallery = ports.gallery().get();
        if (frame.header().isSettled()) {
            return handedOn(frame.header(), memory, gallery);
        }
        reportIncomparable(frame, gallery);
        List<FaceVerdict> verdicts = decider.decide(frame, memory.tracksById(), gallery);
        Observed observed = book.observe(memory, verdicts, at);
        for (Observed.Offer offer : observed.pictures()) {
            if (ports.pictures().offer(offer.picture())) {
                observed = observed.withPictureKept(offer);
            }
        }
        Announced announced = book.announce(observed, at.capturedAtMicros(), gallery::holds);
        return new Outcome(
                settled(frame.header(), verdicts),
                IdentitiesForm.faces(verdicts, observed.sightingIds()),
                announced.memory(),
                announced.events());
    }

    /** A frame that fills a gap, after later ones were decided: decided for itself, and no visit changes. */
    Outcome late(Embeddings frame, CameraMemory memory) {
        if (frame.header().isSettled()) {
            return new Outcome(frame.header(), List.of(), memory, List.of());
        }
        List<FaceVerdict> verdicts =
                decider.decide(frame, Map.of(), ports.gallery().get());
        List<Optional<String>> none =
                verdicts.stream().map(verdict -> Optional.<String>empty()).toList();
        return new Outcome(settled(frame.header(), verdicts), IdentitiesForm.faces(verdicts, none), memory, List.of());
    }

    /** Of a settled frame only the time is used, unless its header was made up from a damaged record. */
    private Outcome handedOn(FrameHeader header, CameraMemory memory, GallerySnapshot gallery) {
        boolean hasTime = header.settlement().map(Settlement::reason).orElseThrow() != Reason.MALFORMED;
        if (!hasTime || memory.sightings().isEmpty()) {
            return new Outcome(header, List.of(), memory, List.of());
        }
        Announced announced = book.announce(memory, header.times().capturedAtMicros(), gallery::holds);
        return new Outcome(header, List.of(), announced.memory(), announced.events());
    }

    private FrameHeader settled(FrameHeader header, List<FaceVerdict> verdicts) {
        verdicts.forEach(meters.decisions()::decided);
        return header.settle(Settlement.decided(
                Decision.outcomeOf(verdicts.stream().map(FaceVerdict::decision).toList())));
    }

    /** Says once per change of the gallery that it holds templates which this embedder's vectors are not compared with. */
    private void reportIncomparable(Embeddings frame, GallerySnapshot gallery) {
        if (frame.faces().isEmpty() || gallery.version().equals(reportedVersion)) {
            return;
        }
        reportedVersion = gallery.version();
        int incomparable = gallery.incomparable(frame.modelId());
        if (incomparable > 0) {
            LOG.warn(
                    "gallery: {} of {} templates were made by another model than {} and are not compared;"
                            + " import those persons' pictures again with this model",
                    incomparable,
                    gallery.templates(),
                    frame.modelId());
        }
    }
}
