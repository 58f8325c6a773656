package io.sightline.contracts.face;

/**
 * A detected face of one frame.
 *
 * @param score the detector's confidence, 0 to 1
 */
public record Face(TrackId track, Box box, Landmarks landmarks, float score, Crop crop) {
    public Face {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("face score " + score + " is not within 0 and 1");
        }
    }
}
