package io.sightline.match.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Receipt;
import io.sightline.match.search.Candidate;
import io.sightline.match.search.SearchResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private static final Person ADA = new Person("a", "Ada");
    private static final Person BEN = new Person("b", "Ben");
    private static final DecisionRule RULE = new DecisionRule(0.4, 0.1);
    private static final Decider.Searched SEARCHED = new Decider.Searched(3, "m", "7-0");

    @Test
    void aboveThresholdAndMarginIsKnownWithItsReceipt() {
        Decision decision = Decider.decide(found(0.55, 0.40), SEARCHED, RULE);

        assertThat(decision).isEqualTo(new Decision.Known(ADA, new Receipt(0.55, 0.40, 0.4, 0.1, 3, "m", "7-0")));
    }

    @Test
    void exactlyTheThresholdNames() {
        assertThat(Decider.decide(found(0.4, 0.1), SEARCHED, RULE)).isInstanceOf(Decision.Known.class);
    }

    @Test
    void belowThresholdIsUnknownHoweverFarTheNextIs() {
        assertThat(Decider.decide(found(0.39, -0.5), SEARCHED, RULE)).isInstanceOf(Decision.Unknown.class);
    }

    @Test
    void withinMarginIsAmbiguousBetweenBothIds() {
        assertThat(Decider.decide(found(0.6, 0.55), SEARCHED, RULE))
                .isEqualTo(new Decision.Ambiguous(List.of("a", "b"), new Receipt(0.6, 0.55, 0.4, 0.1, 3, "m", "7-0")));
    }

    @Test
    void theOnlyPersonNeedsNoMargin() {
        SearchResult alone = new SearchResult(Optional.of(new Candidate(ADA, 0.41)), Optional.empty());

        assertThat(Decider.decide(alone, SEARCHED, RULE)).isInstanceOf(Decision.Known.class);
    }

    @Test
    void nobodyEnrolledIsUnknownWithSimilarityMinusOne() {
        Decision decision = Decider.decide(SearchResult.nobody(), SEARCHED, RULE);

        assertThat(decision).isEqualTo(new Decision.Unknown(new Receipt(-1, -1, 0.4, 0.1, 3, "m", "7-0")));
    }

    @Test
    void aSimilarityThatIsNoNumberNamesNobody() {
        assertThat(Decider.decide(found(Double.NaN, 0), SEARCHED, RULE)).isInstanceOf(Decision.Unknown.class);
    }

    private static SearchResult found(double best, double other) {
        return new SearchResult(Optional.of(new Candidate(ADA, best)), Optional.of(new Candidate(BEN, other)));
    }
}
