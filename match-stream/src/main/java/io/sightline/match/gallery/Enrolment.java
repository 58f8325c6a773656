package io.sightline.match.gallery;

import java.util.List;

/**
 * A person to enrol, or further templates of one who is enrolled already: names that differ only in case, in spaces around and between
 * words or in how Unicode composes their letters are the same person.
 *
 * @param name kept as given at the first enrolment
 * @param templates at least one, all made by the embedder {@code modelId}
 */
public record Enrolment(String name, List<Template> templates, String modelId) {
    public Enrolment {
        PersonName.check(name);
        templates = List.copyOf(templates);
        if (templates.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' cannot be enrolled without a template");
        }
        if (modelId.isBlank()) {
            throw new IllegalArgumentException("'" + name + "' cannot be enrolled without a model id");
        }
    }
}
