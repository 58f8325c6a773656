package io.sightline.contracts.identity;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.sightline.contracts.frame.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Who a track is. A stranger is never named because somebody had to be: only {@link Known} carries a name. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Decision.Known.class, name = "known"),
    @JsonSubTypes.Type(value = Decision.Unknown.class, name = "unknown"),
    @JsonSubTypes.Type(value = Decision.Ambiguous.class, name = "ambiguous"),
    @JsonSubTypes.Type(value = Decision.LowQuality.class, name = "low_quality")
})
public sealed interface Decision {
    <T> T fold(
            Function<Known, T> known,
            Function<Unknown, T> unknown,
            Function<Ambiguous, T> ambiguous,
            Function<LowQuality, T> lowQuality);

    /** The outcome that this face gives its frame. */
    default Outcome outcome() {
        return fold(k -> Outcome.IDENTIFIED, u -> Outcome.UNKNOWN, a -> Outcome.UNKNOWN, q -> Outcome.LOW_QUALITY);
    }

    /** A frame's outcome from its faces: one name makes it identified, one decided face unknown; without faces no_face. */
    static Outcome outcomeOf(Collection<Decision> decisions) {
        return decisions.stream()
                .map(Decision::outcome)
                .min(java.util.Comparator.naturalOrder())
                .orElse(Outcome.NO_FACE);
    }

    /** Similarity and margin are both met. */
    record Known(Person person, Receipt receipt) implements Decision {
        @Override
        public <T> T fold(
                Function<Known, T> known,
                Function<Unknown, T> unknown,
                Function<Ambiguous, T> ambiguous,
                Function<LowQuality, T> lowQuality) {
            return known.apply(this);
        }
    }

    /** Good enough to decide, and like nobody enrolled. */
    record Unknown(Receipt receipt) implements Decision {
        @Override
        public <T> T fold(
                Function<Known, T> known,
                Function<Unknown, T> unknown,
                Function<Ambiguous, T> ambiguous,
                Function<LowQuality, T> lowQuality) {
            return unknown.apply(this);
        }
    }

    /** Above the threshold for several people, too close to tell. Candidates are ids, best first; never names. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Ambiguous(List<String> candidateIds, Receipt receipt) implements Decision {
        public Ambiguous {
            candidateIds = List.copyOf(candidateIds);
        }

        @Override
        public <T> T fold(
                Function<Known, T> known,
                Function<Unknown, T> unknown,
                Function<Ambiguous, T> ambiguous,
                Function<LowQuality, T> lowQuality) {
            return ambiguous.apply(this);
        }
    }

    /** Too small, blurred or turned to decide. {@code cause} is one of {@code size}, {@code blur}, {@code pose}, {@code evidence}. */
    record LowQuality(String cause) implements Decision {
        @Override
        public <T> T fold(
                Function<Known, T> known,
                Function<Unknown, T> unknown,
                Function<Ambiguous, T> ambiguous,
                Function<LowQuality, T> lowQuality) {
            return lowQuality.apply(this);
        }
    }
}
