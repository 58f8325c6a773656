package io.sightline.match.gallery;

import java.time.Instant;
import java.util.List;

/**
 * An enrolled person in full, without the vectors.
 *
 * @param templates oldest first
 * @param pictures how many pictures of sightings are kept of this person
 */
public record PersonDetail(PersonSummary summary, List<TemplateInfo> templates, long pictures) {
    public PersonDetail {
        templates = List.copyOf(templates);
    }

    /** A template without its vector. */
    public record TemplateInfo(String source, String modelId, double quality, int dimension, Instant enrolledAt) {}
}
