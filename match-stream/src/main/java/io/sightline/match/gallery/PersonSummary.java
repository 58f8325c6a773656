package io.sightline.match.gallery;

import io.sightline.contracts.identity.Person;
import java.time.Instant;
import java.util.Map;

/**
 * An enrolled person in a list.
 *
 * @param enrolledAt when first enrolled
 * @param templatesByModel how many templates of each model id
 */
public record PersonSummary(Person person, Instant enrolledAt, Map<String, Integer> templatesByModel) {
    public PersonSummary {
        templatesByModel = Map.copyOf(templatesByModel);
    }

    public int templates() {
        return templatesByModel.values().stream().mapToInt(Integer::intValue).sum();
    }
}
