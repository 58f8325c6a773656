package io.sightline.contracts.identity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * A record of the topic {@code identities}: a settled frame (or a run of them) with a decision for each face.
 *
 * @param frames how many consecutive frames it stands for
 * @param outcome wire name of the {@link io.sightline.contracts.frame.Outcome}
 * @param reason wire name of the {@link io.sightline.contracts.frame.Reason}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Identities(
        String camera,
        long epoch,
        long seq,
        int frames,
        long capturedAtUs,
        String timeSource,
        long receivedAtUs,
        long publishedAtUs,
        long detectedAtUs,
        long embeddedAtUs,
        long decidedAtUs,
        int widthPx,
        int heightPx,
        String outcome,
        String reason,
        List<IdentifiedFace> faces) {
    public Identities {
        faces = List.copyOf(faces);
    }
}
