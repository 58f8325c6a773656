package io.sightline.embed;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.face.Quality;
import io.sightline.contracts.frame.Jpeg;
import java.util.Optional;

/**
 * What the embedder made of a face.
 *
 * @param quality its {@code flaw} says why there is no embedding
 * @param embedding of unit length; present exactly when the quality has no flaw
 * @param aligned the face on the 112×112 template; {@link Jpeg#none()} without an embedding
 */
public record EmbeddedCrop(Quality quality, Optional<Embedding> embedding, Jpeg aligned) {
    public EmbeddedCrop {
        if (embedding.isPresent() == quality.flaw().isPresent()) {
            throw new IllegalArgumentException(
                    "a face has an embedding or a flaw, not " + (embedding.isPresent() ? "both" : "neither"));
        }
    }

    static EmbeddedCrop flawed(Quality quality) {
        return new EmbeddedCrop(quality, Optional.empty(), Jpeg.none());
    }
}
