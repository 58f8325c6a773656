package io.sightline.contracts.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * A record of the topic of sightings: one visit of one person, or of one unknown, to one camera.
 *
 * @param change {@code opened}, {@code updated} or {@code closed}
 * @param person who; absent for an unknown
 * @param unknownId which unknown; absent for a person
 * @param fromUs capture time of the first frame, microseconds UTC
 * @param toUs capture time of the last frame so far
 * @param frames frames with this person, so far
 * @param similarity best cosine so far; for an unknown, to the nearest enrolled person
 * @param quality of the best picture
 * @param picture key of the best picture in the picture store, once there is one
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Sighting(
        String sightingId,
        String change,
        String camera,
        Optional<Person> person,
        Optional<String> unknownId,
        long epoch,
        long firstSeq,
        long lastSeq,
        long fromUs,
        long toUs,
        long frames,
        double similarity,
        double quality,
        Optional<String> picture) {
    public Sighting {
        if (person.isPresent() == unknownId.isPresent()) {
            throw new IllegalArgumentException(
                    "sighting " + sightingId + " must be of a person or of an unknown, not of both or neither");
        }
    }

    /** Derived from the first frame and the person (or the unknown), so a replay gives the same. */
    public static String idOf(String firstFrameId, String personOrUnknownId) {
        return UUID.nameUUIDFromBytes((firstFrameId + "\n" + personOrUnknownId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
