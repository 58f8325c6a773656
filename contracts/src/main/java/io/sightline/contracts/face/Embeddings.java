package io.sightline.contracts.face;

import io.sightline.contracts.frame.FrameHeader;
import java.util.List;

/**
 * A record of the topic {@code embeddings}.
 *
 * @param modelId the embedder's id; empty when the frame is settled
 */
public record Embeddings(FrameHeader header, String modelId, List<EmbeddedFace> faces) {
    public Embeddings {
        faces = List.copyOf(faces);
        if (header.isSettled() && !faces.isEmpty()) {
            throw new IllegalArgumentException("frame " + header.id() + " is settled but carries faces");
        }
        if (!faces.isEmpty() && modelId.isEmpty()) {
            throw new IllegalArgumentException("frame " + header.id() + ": embeddings without a model id");
        }
    }
}
