package io.sightline.match.decide;

import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.identity.Decision;

/**
 * One face of a frame, decided.
 *
 * @param track its memory after this frame
 * @param isSupported whether this frame's own vector was part of the evidence; false when a name was merely held, or nothing decided
 */
public record FaceVerdict(EmbeddedFace face, TrackMemory track, Decision decision, boolean isSupported) {
    public FaceVerdict with(TrackMemory changed) {
        return new FaceVerdict(face, changed, decision, isSupported);
    }

    FaceVerdict with(TrackMemory changed, Decision other) {
        return new FaceVerdict(face, changed, other, isSupported);
    }
}
