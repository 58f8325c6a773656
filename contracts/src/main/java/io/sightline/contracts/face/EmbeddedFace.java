package io.sightline.contracts.face;

import io.sightline.contracts.frame.Jpeg;
import java.util.Optional;

/**
 * A face with its vector.
 *
 * @param embedding empty when the face was not good enough to embed
 * @param aligned the aligned face as JPEG, for a sighting's picture; may be {@link Jpeg#none()}
 */
public record EmbeddedFace(
        TrackId track,
        Box box,
        Landmarks landmarks,
        float score,
        Quality quality,
        Optional<Embedding> embedding,
        Jpeg aligned) {}
