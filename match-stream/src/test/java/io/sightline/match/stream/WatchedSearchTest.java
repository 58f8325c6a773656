package io.sightline.match.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.contracts.identity.Person;
import io.sightline.match.Fixtures;
import io.sightline.match.Vectors;
import io.sightline.match.search.Candidate;
import io.sightline.match.search.SearchResult;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchedSearchTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WatchedSearch search = new WatchedSearch(registry);

    @Test
    void oneSearchInManyIsDoneAgain() {
        for (int i = 0; i < 2 * WatchedSearch.ONE_IN; i++) {
            assertThat(search.search(Fixtures.GALLERY, Fixtures.MODEL, Vectors.axis(0)))
                    .isEqualTo(Fixtures.GALLERY.search(Fixtures.MODEL, Vectors.axis(0)));
        }

        assertThat(registry.get("sightline.gallery.search").timer().count()).isEqualTo(2 * WatchedSearch.ONE_IN);
        assertThat(count("checked")).isEqualTo(2);
        assertThat(count("found")).isEqualTo(2);
    }

    @Test
    void searchThatMissesTheNearestPersonIsCountedAsNotFound() {
        search.check(found("b", 0.71), found("a", 0.72));
        search.check(SearchResult.nobody(), found("a", 0.72));

        assertThat(count("checked")).isEqualTo(2);
        assertThat(count("found")).isZero();
    }

    @Test
    void twinOfEqualSimilarityIsAsGood() {
        search.check(found("b", 0.719999), found("a", 0.72));

        assertThat(count("found")).isEqualTo(1);
    }

    private static SearchResult found(String id, double similarity) {
        return new SearchResult(Optional.of(new Candidate(new Person(id, id), similarity)), Optional.empty());
    }

    private double count(String what) {
        return registry.get("sightline.gallery.recall." + what).counter().count();
    }
}
