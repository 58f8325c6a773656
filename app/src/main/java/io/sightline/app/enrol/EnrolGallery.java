package io.sightline.app.enrol;

import io.sightline.contracts.face.Embedding;
import io.sightline.match.gallery.Template;
import io.sightline.match.search.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What enrolment needs of the gallery. */
public interface EnrolGallery {
    /** Sources of the templates that the person of that name has by this model; none where nobody is called so. */
    Set<String> sources(String name, String modelId);

    /** The enrolled person most like the probe, but for the one of that name. */
    Optional<Candidate> mostSimilarOther(String name, String modelId, Embedding probe);

    /** Enrols the person, or adds what is new to the person of that name; all templates or none. */
    void enrol(String name, String modelId, List<Template> templates);
}
