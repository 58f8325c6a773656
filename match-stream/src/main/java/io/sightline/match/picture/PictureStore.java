package io.sightline.match.picture;

/** Keeps pictures of sightings for a while. Thread-safe; never blocks. */
public interface PictureStore {
    /** Takes the picture for writing; false when it was dropped, because more wait than may. */
    boolean offer(SightingPicture picture);

    /** Keeps none. */
    static PictureStore none() {
        return picture -> false;
    }
}
