package io.sightline.contracts.identity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What a decision rests on, so that it can be checked afterwards.
 *
 * @param similarity cosine to the nearest enrolled person, −1 when nobody is enrolled
 * @param otherSimilarity cosine to the best other person, −1 when there is none
 * @param threshold the least similarity that names
 * @param margin the least distance between the two similarities that names
 * @param frames how many embedded frames of the track were gathered into it
 * @param galleryVersion the position of the gallery that was searched, as its change stream counts
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Receipt(
        double similarity,
        double otherSimilarity,
        double threshold,
        double margin,
        int frames,
        String modelId,
        String galleryVersion) {}
