package io.sightline.detect;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;

/**
 * A face that the detector found.
 *
 * <p>Coordinates are continuous: pixel i covers [i, i + 1), so its middle is i + 0.5 and scaling a picture scales them
 * without a shift.
 *
 * @param score the detector's confidence, 0 to 1
 */
public record Detection(Box box, Landmarks landmarks, float score) {
    public Detection {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("detection score " + score + " is not within 0 and 1");
        }
    }
}
