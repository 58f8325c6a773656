package io.sightline.app.enrol;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.identity.Person;
import io.sightline.match.gallery.GalleryException;
import io.sightline.match.gallery.Template;
import io.sightline.match.search.Candidate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A gallery in memory, of one model; goes away after a given number of enrolments. */
final class FakeGallery implements EnrolGallery {
    private final Map<String, Map<String, Template>> templates = new LinkedHashMap<>();
    private int enrolmentsLeft = Integer.MAX_VALUE;

    void goAwayAfter(int enrolments) {
        enrolmentsLeft = enrolments;
    }

    /** Sources by person. */
    Map<String, Set<String>> content() {
        return templates.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> Set.copyOf(one.getValue().keySet())));
    }

    @Override
    public Set<String> sources(String name, String modelId) {
        return templates.getOrDefault(name, Map.of()).keySet();
    }

    @Override
    public Optional<Candidate> mostSimilarOther(String name, String modelId, Embedding probe) {
        return templates.entrySet().stream()
                .filter(one -> !one.getKey().equals(name))
                .flatMap(one -> one.getValue().values().stream()
                        .map(template -> new Candidate(
                                new Person(one.getKey(), one.getKey()),
                                template.embedding().similarity(probe))))
                .max(Comparator.comparingDouble(Candidate::similarity));
    }

    @Override
    public void enrol(String name, String modelId, List<Template> added) {
        if (enrolmentsLeft-- == 0) {
            throw new GalleryException("Redis is away", new IllegalStateException());
        }
        Map<String, Template> ofPerson = templates.computeIfAbsent(name, key -> new LinkedHashMap<>());
        added.forEach(template -> ofPerson.putIfAbsent(template.source(), template));
    }
}
