package io.sightline.match.decide;

import io.sightline.contracts.face.Box;
import java.util.Optional;

/**
 * What is remembered of a track between its frames.
 *
 * @param track its id
 * @param evidence empty until a frame was good enough
 * @param begunSeq the frame with which the evidence began
 * @param naming the last name that evidence gave; dropped when the evidence restarts or another face had a better claim to it
 * @param claim whom it has supported since
 * @param unknownId the unknown that this evidence was taken for, once it was
 * @param wasNamed whether this evidence ever named somebody: then a weaker frame does not make a stranger of them
 * @param lastBox where it was last
 * @param lastMicros capture time of its last frame
 */
public record TrackMemory(
        String track,
        Optional<Evidence> evidence,
        long begunSeq,
        Optional<Naming> naming,
        Optional<Claim> claim,
        Optional<String> unknownId,
        boolean wasNamed,
        Box lastBox,
        long lastMicros) {

    static TrackMemory begin(String track, Box box, FrameMoment at) {
        return new TrackMemory(
                track,
                Optional.empty(),
                at.id().seq(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                box,
                at.capturedAtMicros());
    }

    /** Seen again at that place. */
    TrackMemory seen(Box box, FrameMoment at) {
        return new TrackMemory(
                track, evidence, begunSeq, naming, claim, unknownId, wasNamed, box, at.capturedAtMicros());
    }

    /** With a further frame's evidence. */
    TrackMemory with(Evidence gathered) {
        return new TrackMemory(
                track, Optional.of(gathered), begunSeq, naming, claim, unknownId, wasNamed, lastBox, lastMicros);
    }

    /** Another person stands here: nothing of before holds. */
    TrackMemory restarted(Evidence first, FrameMoment at) {
        return new TrackMemory(
                track,
                Optional.of(first),
                at.id().seq(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                lastBox,
                lastMicros);
    }

    TrackMemory named(Naming name) {
        return new TrackMemory(
                track, evidence, begunSeq, Optional.of(name), claim, unknownId, true, lastBox, lastMicros);
    }

    /** Without the name and whom it supported. */
    TrackMemory unnamed() {
        return new TrackMemory(
                track,
                evidence,
                begunSeq,
                Optional.empty(),
                Optional.empty(),
                unknownId,
                wasNamed,
                lastBox,
                lastMicros);
    }

    /** Without the name: it may not be held any longer. */
    TrackMemory withoutNaming() {
        return new TrackMemory(
                track, evidence, begunSeq, Optional.empty(), claim, unknownId, wasNamed, lastBox, lastMicros);
    }

    public TrackMemory claiming(Claim next) {
        return new TrackMemory(
                track, evidence, begunSeq, naming, Optional.of(next), unknownId, wasNamed, lastBox, lastMicros);
    }

    public TrackMemory takenFor(Optional<String> unknown) {
        return new TrackMemory(track, evidence, begunSeq, naming, claim, unknown, wasNamed, lastBox, lastMicros);
    }
}
