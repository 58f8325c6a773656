package io.sightline.match.sighting;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Sighting;
import io.sightline.match.decide.Claim;
import io.sightline.match.decide.FrameMoment;
import java.util.Locale;
import java.util.Optional;

/**
 * A visit that goes on.
 *
 * @param vector of an unknown: what the frames of its last track say together, to know it again; empty for a person
 * @param picture the best one handed on so far
 * @param told what its last event said; empty before it was announced
 */
public record OpenSighting(
        String id,
        Optional<Person> person,
        Optional<String> unknownId,
        Visit visit,
        Optional<Embedding> vector,
        Optional<BestPicture> picture,
        Optional<Told> told) {

    /** The picture that stands for the sighting. */
    record BestPicture(String key, double quality) {}

    /** How much consumers know: at which capture time they were told, and of how many frames. */
    record Told(long atMicros, long frames) {}

    /** What an event tells. */
    enum Change {
        OPENED,
        UPDATED,
        CLOSED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static OpenSighting of(Claim claim, Optional<String> unknownId, FrameMoment at) {
        FrameId first = new FrameId(at.id().camera(), at.id().epoch(), claim.firstSeq());
        String who = claim.person().map(Person::id).or(() -> unknownId).orElseThrow();
        return new OpenSighting(
                Sighting.idOf(first.toString(), who),
                claim.person(),
                unknownId,
                Visit.begin(claim, at),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    OpenSighting seen(Visit longer, Optional<Embedding> latest) {
        Optional<Embedding> known = unknownId.isPresent() ? latest.or(() -> vector) : Optional.empty();
        return new OpenSighting(id, person, unknownId, longer, known, picture, told);
    }

    OpenSighting withPicture(double quality) {
        return new OpenSighting(id, person, unknownId, visit, vector, Optional.of(new BestPicture(id, quality)), told);
    }

    OpenSighting told(long atMicros) {
        return new OpenSighting(
                id, person, unknownId, visit, vector, picture, Optional.of(new Told(atMicros, visit.frames())));
    }

    boolean hasNews() {
        return told.map(Told::frames).orElse(0L) < visit.frames();
    }

    /** The event that tells of it as it stands. */
    Sighting event(Change change, String camera, long epoch) {
        return new Sighting(
                id,
                change.wireName(),
                camera,
                person,
                unknownId,
                epoch,
                visit.firstSeq(),
                visit.lastSeq(),
                visit.fromMicros(),
                visit.toMicros(),
                visit.frames(),
                visit.similarity(),
                visit.quality(),
                picture.map(BestPicture::key));
    }
}
