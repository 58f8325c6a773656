package io.sightline.detect;

import io.sightline.inference.RgbImage;
import java.util.List;

/** Finds the faces of a picture. Called by several threads at once. */
@FunctionalInterface
public interface FaceFinder {
    /** Best first, in the picture's pixels; a box may reach beyond the picture, its middle does not. */
    List<Detection> detect(RgbImage picture);
}
