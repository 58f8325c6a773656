package io.sightline.contracts.face;

import io.sightline.contracts.frame.FrameHeader;
import java.util.List;

/** A record of the topic {@code faces}: a frame with its faces, highest score first; none when settled. */
public record Faces(FrameHeader header, List<Face> faces) {
    public Faces {
        faces = List.copyOf(faces);
        if (header.isSettled() && !faces.isEmpty()) {
            throw new IllegalArgumentException("frame " + header.id() + " is settled but carries faces");
        }
    }
}
