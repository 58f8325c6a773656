package io.sightline.app.enrol;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.identity.Person;
import io.sightline.match.gallery.Enrolment;
import io.sightline.match.gallery.EnrolmentReceipt;
import io.sightline.match.gallery.GalleryException;
import io.sightline.match.gallery.GalleryIndex;
import io.sightline.match.gallery.GallerySnapshot;
import io.sightline.match.gallery.GalleryStore;
import io.sightline.match.gallery.PersonDetail;
import io.sightline.match.gallery.PersonName;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.match.gallery.Template;
import io.sightline.match.search.Candidate;
import io.sightline.match.search.SearchResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gallery in Redis, as enrolment sees it: what was there before it began, and what it added itself. Belongs to one thread. Every
 * method throws {@link GalleryException} when Redis is away.
 */
public final class StoreGallery implements EnrolGallery {
    private static final Duration LOAD_LIMIT = Duration.ofSeconds(30);

    private final GalleryStore store;
    private final GallerySnapshot before;
    private final Clock clock;
    private final List<Added> added = new ArrayList<>();

    private record Added(Person person, String modelId, Embedding embedding) {}

    /** {@code before} is searched for resemblances; the store stays its caller's. */
    public StoreGallery(GalleryStore store, GallerySnapshot before, Clock clock) {
        this.store = store;
        this.before = before;
        this.clock = clock;
    }

    /** Reads the gallery as it is now, and looks no further; throws {@link GalleryException} when that takes over 30 s. */
    public static StoreGallery open(GalleryStore store, RedisSettings redis, Clock clock) throws InterruptedException {
        store.check();
        try (GalleryIndex index = GalleryIndex.start(redis, clock)) {
            if (!index.awaitLoaded(LOAD_LIMIT)) {
                throw new GalleryException(
                        "the gallery was not read within " + LOAD_LIMIT.toSeconds() + " s: "
                                + index.health().detail(),
                        new TimeoutException());
            }
            return new StoreGallery(store, index.get(), clock);
        }
    }

    @Override
    public Set<String> sources(String name, String modelId) {
        return store.show(name).stream()
                .filter(person -> isCalled(person.summary().person(), name))
                .flatMap(person -> person.templates().stream())
                .filter(template -> template.modelId().equals(modelId))
                .map(PersonDetail.TemplateInfo::source)
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<Candidate> mostSimilarOther(String name, String modelId, Embedding probe) {
        SearchResult search = before.search(modelId, probe);
        Stream<Candidate> enrolledBefore = Stream.concat(search.best().stream(), search.other().stream());
        Stream<Candidate> enrolledSince = added.stream()
                .filter(one -> one.modelId().equals(modelId))
                .map(one -> new Candidate(one.person(), one.embedding().similarity(probe)));
        return Stream.concat(enrolledBefore, enrolledSince)
                .filter(candidate -> !isCalled(candidate.person(), name))
                .max(Comparator.comparingDouble(Candidate::similarity));
    }

    @Override
    public void enrol(String name, String modelId, List<Template> templates) {
        EnrolmentReceipt receipt = store.enrol(new Enrolment(name, templates, modelId), clock.instant());
        templates.forEach(template -> added.add(new Added(receipt.person(), modelId, template.embedding())));
    }

    private static boolean isCalled(Person person, String name) {
        return PersonName.key(person.name()).equals(PersonName.key(name));
    }
}
