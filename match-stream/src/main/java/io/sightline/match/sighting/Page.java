package io.sightline.match.sighting;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Receipt;
import io.sightline.match.decide.Claim;
import io.sightline.match.decide.Evidence;
import io.sightline.match.decide.FaceVerdict;
import io.sightline.match.decide.FrameMoment;
import io.sightline.match.decide.TrackMemory;
import io.sightline.match.picture.SightingPicture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One frame's work on a camera's sightings; lives for one call and one thread. */
final class Page {
    /** A picture must be so much better than the one kept, or a track that improves would write one per frame. */
    private static final double BETTER = 1.1;

    private final SightingRule rule;
    private final FrameMoment at;
    private final Map<String, OpenSighting> open = new LinkedHashMap<>();
    /** Sightings that a face of this frame belongs to: no second one may. */
    private final Set<String> occupied = new HashSet<>();

    private final Set<String> ended = new HashSet<>();
    private final List<Observed.Offer> pictures = new ArrayList<>();

    Page(SightingRule rule, FrameMoment at, List<OpenSighting> sightings) {
        this.rule = rule;
        this.at = at;
        sightings.forEach(sighting -> open.put(sighting.id(), sighting));
    }

    /** A face's place in the book: its track's memory afterwards, and its sighting. */
    record Entry(TrackMemory track, Optional<String> sightingId) {
        static Entry without(TrackMemory track) {
            return new Entry(track, Optional.empty());
        }
    }

    Entry enter(FaceVerdict verdict) {
        return verdict.decision()
                .fold(
                        known -> verdict.isSupported() ? named(verdict, known) : held(verdict, known),
                        unknown -> stranger(verdict, unknown.receipt()),
                        ambiguous -> Entry.without(verdict.track()),
                        low -> Entry.without(verdict.track()));
    }

    List<OpenSighting> sightings() {
        return List.copyOf(open.values());
    }

    List<Observed.Offer> pictures() {
        return pictures;
    }

    Set<String> ended() {
        return ended;
    }

    private Entry named(FaceVerdict verdict, Decision.Known known) {
        Optional<Person> person = Optional.of(known.person());
        Optional<OpenSighting> before = openOf(known.person());
        Claim claim = claim(verdict.track(), person, before.isPresent(), known.receipt());
        TrackMemory track = verdict.track().claiming(claim);
        if (claim.frames() < rule.minKnownFrames()) {
            return Entry.without(track);
        }
        track.unknownId().flatMap(this::openOf).ifPresent(unknown -> ended.add(unknown.id()));
        OpenSighting sighting = before.orElseGet(() -> begin(claim, Optional.empty()));
        return count(verdict, track.takenFor(Optional.empty()), sighting, known.receipt());
    }

    /** A name kept over a poor frame prolongs its sighting, but opens none. */
    private Entry held(FaceVerdict verdict, Decision.Known known) {
        Optional<OpenSighting> sighting = openOf(known.person())
                .filter(ignored ->
                        verdict.track().claim().filter(c -> c.counted() > 0).isPresent());
        if (sighting.isEmpty() || !occupied.add(sighting.get().id())) {
            return Entry.without(verdict.track());
        }
        Visit longer = sighting.get()
                .visit()
                .plus(
                        1,
                        at,
                        known.receipt().similarity(),
                        verdict.face().quality().score());
        open.put(sighting.get().id(), sighting.get().seen(longer, Optional.empty()));
        return new Entry(verdict.track(), Optional.of(sighting.get().id()));
    }

    private Entry stranger(FaceVerdict verdict, Receipt receipt) {
        TrackMemory before = verdict.track();
        if (before.wasNamed()) {
            return Entry.without(before);
        }
        Optional<OpenSighting> own = before.unknownId().flatMap(this::openOf);
        Claim claim = claim(before, Optional.empty(), own.isPresent(), receipt);
        TrackMemory track = before.claiming(claim);
        if (claim.frames() < rule.minUnknownFrames()) {
            return Entry.without(track);
        }
        OpenSighting sighting = own.filter(sight -> !occupied.contains(sight.id()))
                .or(() -> alike(track))
                .orElseGet(() -> begin(claim, Optional.of(unknownIdOf(track))));
        return count(verdict, track.takenFor(sighting.unknownId()), sighting, receipt);
    }

    /** The claim with this frame; a new one when it is of somebody else, or its sighting has closed meanwhile. */
    private Claim claim(TrackMemory track, Optional<Person> person, boolean isOpen, Receipt receipt) {
        return track.claim()
                .filter(claim -> claim.isOf(person) && (claim.counted() == 0 || isOpen))
                .map(claim -> claim.plus(receipt.similarity()))
                .orElseGet(() -> Claim.begin(person, at, receipt.similarity()));
    }

    private Entry count(FaceVerdict verdict, TrackMemory track, OpenSighting sighting, Receipt receipt) {
        if (!occupied.add(sighting.id())) {
            return Entry.without(track);
        }
        Claim claim = track.claim().orElseThrow();
        double quality = verdict.face().quality().score();
        Visit longer = sighting.visit().plus(claim.frames() - claim.counted(), at, receipt.similarity(), quality);
        open.put(sighting.id(), sighting.seen(longer, track.evidence().map(Evidence::mean)));
        offerPicture(verdict, sighting);
        return new Entry(track.claiming(claim.allCounted()), Optional.of(sighting.id()));
    }

    private void offerPicture(FaceVerdict verdict, OpenSighting sighting) {
        Jpeg aligned = verdict.face().aligned();
        double quality = verdict.face().quality().score();
        double kept = sighting.picture().map(OpenSighting.BestPicture::quality).orElse(-1.0);
        if (!aligned.isEmpty() && quality > kept * BETTER) {
            var picture = new SightingPicture(sighting.id(), sighting.person().map(Person::id), aligned);
            pictures.add(new Observed.Offer(picture, quality));
        }
    }

    private OpenSighting begin(Claim claim, Optional<String> unknownId) {
        return OpenSighting.of(claim, unknownId, at);
    }

    private Optional<OpenSighting> openOf(Person person) {
        return open.values().stream()
                .filter(sighting -> sighting.person()
                        .filter(one -> one.id().equals(person.id()))
                        .isPresent())
                .findFirst();
    }

    private Optional<OpenSighting> openOf(String unknownId) {
        return open.values().stream()
                .filter(sighting ->
                        sighting.unknownId().filter(unknownId::equals).isPresent())
                .findFirst();
    }

    /** The unknown of this camera, seen within the gap and not in this frame, whom the track resembles most. */
    private Optional<OpenSighting> alike(TrackMemory track) {
        Optional<Embedding> mean = track.evidence().map(Evidence::mean);
        return open.values().stream()
                .filter(sighting -> !occupied.contains(sighting.id()) && !ended.contains(sighting.id()))
                .filter(sighting -> similarity(sighting, mean) >= rule.sameUnknown())
                .max(Comparator.comparingDouble(sighting -> similarity(sighting, mean)));
    }

    private static double similarity(OpenSighting sighting, Optional<Embedding> mean) {
        return sighting.vector()
                .flatMap(vector -> mean.filter(one -> one.dimension() == vector.dimension())
                        .map(one -> (double) vector.similarity(one)))
                .orElse(-1.0);
    }

    /** Derived from the frame with which the track's evidence began, so that a replay gives the same. */
    private static String unknownIdOf(TrackMemory track) {
        String origin = track.track() + "@" + track.begunSeq();
        String hash =
                UUID.nameUUIDFromBytes(origin.getBytes(StandardCharsets.UTF_8)).toString();
        return "unknown-" + hash.substring(0, 8) + hash.substring(9, 13);
    }
}
