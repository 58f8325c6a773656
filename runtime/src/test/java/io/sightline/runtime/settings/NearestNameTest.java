package io.sightline.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNameTest {
    @Test
    void distanceCountsInsertionsDeletionsReplacementsAndSwaps() {
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("abc", "abc")).isZero();
        assertThat(NearestName.distance("abc", "abd")).isEqualTo(1);
        assertThat(NearestName.distance("abc", "acb")).isEqualTo(1);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void farNamesAreNotSuggested() {
        assertThat(NearestName.of("zoom", List.of("threads", "min-score"))).isEmpty();
    }

    @Test
    void theNearestOfSeveralWins() {
        assertThat(NearestName.of("max-agems", List.of("max-age-ms", "max-faces")))
                .hasValue("max-age-ms");
    }
}
