package io.sightline.match.sighting;

import io.sightline.match.picture.SightingPicture;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a frame did to a camera's sightings; nothing of it was published yet.
 *
 * @param sightingIds per face of the frame, the sighting it belongs to
 * @param pictures better pictures than the sightings had, to be handed on
 * @param ended ids of sightings that end with this frame, because their unknown got a name
 */
public record Observed(
        CameraMemory memory, List<Optional<String>> sightingIds, List<Offer> pictures, Set<String> ended) {
    public Observed {
        sightingIds = List.copyOf(sightingIds);
        pictures = List.copyOf(pictures);
        ended = Set.copyOf(ended);
    }

    /** A picture with the quality of its face. */
    public record Offer(SightingPicture picture, double quality) {}

    /** After the picture was taken by the store: from now on the sighting's events name it. */
    public Observed withPictureKept(Offer kept) {
        List<OpenSighting> sightings = memory.sightings().stream()
                .map(open -> open.id().equals(kept.picture().key()) ? open.withPicture(kept.quality()) : open)
                .toList();
        return new Observed(memory.with(sightings), sightingIds, pictures, ended);
    }
}
