package io.sightline.contracts.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;

/**
 * One face of an {@link Identities} record.
 *
 * @param box left, top, right, bottom in frame pixels
 * @param landmarks ten numbers x0 y0 … x4 y4 in frame pixels
 * @param score the detector's confidence
 * @param quality 0 to 1
 * @param sightingId the sighting it belongs to, once there is one
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record IdentifiedFace(
        String track,
        List<Float> box,
        List<Float> landmarks,
        double score,
        double quality,
        Decision decision,
        Optional<String> sightingId) {
    public IdentifiedFace {
        box = List.copyOf(box);
        landmarks = List.copyOf(landmarks);
    }
}
