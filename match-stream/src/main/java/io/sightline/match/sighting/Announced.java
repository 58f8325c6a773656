package io.sightline.match.sighting;

import io.sightline.contracts.identity.Sighting;
import java.util.List;

/** Events to publish, and the memory once they are. */
public record Announced(CameraMemory memory, List<Sighting> events) {
    public Announced {
        events = List.copyOf(events);
    }
}
