package io.sightline.match.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sightline.contracts.face.Embedding;
import io.sightline.match.decide.GallerySearch;
import io.sightline.match.gallery.GallerySnapshot;
import io.sightline.match.search.Candidate;
import io.sightline.match.search.SearchResult;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Times each search of the gallery, and does one in {@value #ONE_IN} again in the plain exact way: recall is measured in use, not
 * promised. At 100 000 templates that costs the stage about a hundredth of its searching. Thread-safe.
 */
final class WatchedSearch implements GallerySearch {
    static final int ONE_IN = 256;
    /** Persons as similar as that are the same answer: sums in another order differ by less. */
    private static final double SAME = 1e-5;

    private final Timer time;
    private final Counter checked;
    private final Counter found;
    private final AtomicLong searches = new AtomicLong();

    WatchedSearch(MeterRegistry registry) {
        this.time = Meters.timer(registry, SightlineMeter.GALLERY_SEARCH);
        this.checked = Meters.counter(registry, SightlineMeter.GALLERY_RECALL_CHECKED);
        this.found = Meters.counter(registry, SightlineMeter.GALLERY_RECALL_FOUND);
    }

    @Override
    public SearchResult search(GallerySnapshot gallery, String modelId, Embedding probe) {
        long begun = System.nanoTime();
        SearchResult result = gallery.search(modelId, probe);
        time.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        if (searches.getAndIncrement() % ONE_IN == 0) {
            check(result, gallery.searchPlainly(modelId, probe));
        }
        return result;
    }

    /** Counts a search as right where it found the person that {@code exact} did, or one just as similar. */
    void check(SearchResult result, SearchResult exact) {
        checked.increment();
        boolean isSamePerson = person(result).equals(person(exact));
        if (isSamePerson || exact.similarity() - result.similarity() <= SAME) {
            found.increment();
        }
    }

    private static Optional<String> person(SearchResult result) {
        return result.best().map(Candidate::person).map(person -> person.id());
    }
}
