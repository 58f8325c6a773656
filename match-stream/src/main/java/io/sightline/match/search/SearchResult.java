package io.sightline.match.search;

import java.util.Optional;

/**
 * What a search found.
 *
 * @param best the most similar person; empty when nobody has a template of the probe's model
 * @param other the most similar other person
 */
public record SearchResult(Optional<Candidate> best, Optional<Candidate> other) {
    private static final SearchResult NOBODY = new SearchResult(Optional.empty(), Optional.empty());

    public SearchResult {
        if (other.isPresent() && best.isEmpty()) {
            throw new IllegalArgumentException("a search found another person but no best one");
        }
    }

    public static SearchResult nobody() {
        return NOBODY;
    }

    /** Cosine to the best person, −1 when there is nobody. */
    public double similarity() {
        return best.map(Candidate::similarity).orElse(-1.0);
    }

    /** Cosine to the best other person, −1 when there is none. */
    public double otherSimilarity() {
        return other.map(Candidate::similarity).orElse(-1.0);
    }
}
