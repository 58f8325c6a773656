package io.sightline.match.decide;

import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Receipt;
import io.sightline.match.search.Candidate;
import io.sightline.match.search.SearchResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From a search to a decision: near enough, and clearly nearer than the next. The nearest is not a name by being nearest. */
public final class Decider {
    private Decider() {}

    /** What was searched: the evidence's size, and where. */
    public record Searched(int frames, String modelId, String galleryVersion) {}

    public static Decision decide(SearchResult found, Searched searched, DecisionRule rule) {
        Receipt receipt = new Receipt(
                found.similarity(),
                found.otherSimilarity(),
                rule.threshold(),
                rule.margin(),
                searched.frames(),
                searched.modelId(),
                searched.galleryVersion());
        Optional<Candidate> best = found.best();
        if (best.isEmpty() || !(best.get().similarity() >= rule.threshold())) {
            return new Decision.Unknown(receipt);
        }
        boolean isClear = found.other().isEmpty() || found.similarity() - found.otherSimilarity() >= rule.margin();
        return isClear
                ? new Decision.Known(best.get().person(), receipt)
                : new Decision.Ambiguous(candidates(found), receipt);
    }

    private static List<String> candidates(SearchResult found) {
        return Stream.of(found.best(), found.other())
                .flatMap(Optional::stream)
                .map(candidate -> candidate.person().id())
                .toList();
    }
}
