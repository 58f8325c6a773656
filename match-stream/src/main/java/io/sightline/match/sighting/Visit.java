package io.sightline.match.sighting;

import io.sightline.match.decide.Claim;
import io.sightline.match.decide.FrameMoment;

/**
 * A sighting in numbers.
 *
 * @param firstSeq the first frame that supported it
 * @param fromMicros capture time of that frame, microseconds UTC
 * @param similarity the best to the nearest enrolled person
 * @param quality the best of its faces
 */
record Visit(
        long firstSeq, long lastSeq, long fromMicros, long toMicros, long frames, double similarity, double quality) {

    /** Begins with the claim's first frame and has counted none yet; {@code at} is the frame that made it certain. */
    static Visit begin(Claim claim, FrameMoment at) {
        return new Visit(
                claim.firstSeq(), at.id().seq(), claim.firstMicros(), at.capturedAtMicros(), 0, claim.similarity(), 0);
    }

    Visit plus(int added, FrameMoment at, double anotherSimilarity, double anotherQuality) {
        return new Visit(
                firstSeq,
                Math.max(lastSeq, at.id().seq()),
                fromMicros,
                Math.max(toMicros, at.capturedAtMicros()),
                frames + added,
                Math.max(similarity, anotherSimilarity),
                Math.max(quality, anotherQuality));
    }
}
