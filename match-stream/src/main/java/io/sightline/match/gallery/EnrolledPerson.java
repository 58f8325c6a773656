package io.sightline.match.gallery;

import io.sightline.contracts.identity.Person;
import java.time.Instant;
import java.util.List;

/** A person as Redis holds them, vectors included. */
record EnrolledPerson(Person person, Instant enrolledAt, List<Stored> templates) {
    EnrolledPerson {
        templates = List.copyOf(templates);
    }

    /** A template with what is kept beside it. */
    record Stored(Template template, String modelId, Instant enrolledAt) {}
}
