package io.sightline.app.topics;

import java.util.List;

/** Full names of the topics that were made and of those that had been there; the latter were left as they are. */
public record TopicCreation(List<String> created, List<String> existing) {
    public TopicCreation {
        created = List.copyOf(created);
        existing = List.copyOf(existing);
    }
}
