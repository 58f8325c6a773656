package io.sightline.app.enrol;

import java.util.List;

/**
 * A person to enrol with the photos to do it from.
 *
 * @param name as it will be shown
 */
public record PersonPhotos(String name, List<Photo> photos) {
    public PersonPhotos {
        photos = List.copyOf(photos);
    }
}
