package io.sightline.match.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Receipt;
import io.sightline.match.decide.FaceVerdict;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts decisions, and shows how clear they were: similarity and margin of faces whose own vector was searched in this frame. Cosines
 * below 0 count as 0. Never tells who. Thread-safe.
 */
final class DecisionMeters {
    private static final double PERCENT = 100;
    private static final String KNOWN = "known";
    private static final String UNKNOWN = "unknown";
    private static final String AMBIGUOUS = "ambiguous";
    private static final String LOW_QUALITY = "low_quality";

    private final Map<String, Counter> decisions;
    private final Map<String, DistributionSummary> similarities;
    private final Map<String, DistributionSummary> margins;

    DecisionMeters(MeterRegistry registry) {
        this.decisions = Stream.of(KNOWN, UNKNOWN, AMBIGUOUS, LOW_QUALITY)
                .collect(Collectors.toMap(
                        Function.identity(), kind -> Meters.counter(registry, SightlineMeter.DECISIONS, kind)));
        this.similarities = summaries(registry, SightlineMeter.SIMILARITY);
        this.margins = summaries(registry, SightlineMeter.MARGIN);
    }

    void decided(FaceVerdict verdict) {
        String kind = kind(verdict.decision());
        Optional.ofNullable(decisions.get(kind)).ifPresent(Counter::increment);
        if (verdict.isSupported()) {
            receipt(verdict.decision()).ifPresent(receipt -> show(kind, receipt));
        }
    }

    private void show(String kind, Receipt receipt) {
        record(similarities, kind, receipt.similarity());
        record(margins, kind, receipt.similarity() - receipt.otherSimilarity());
    }

    private static void record(Map<String, DistributionSummary> summaries, String kind, double cosine) {
        Optional.ofNullable(summaries.get(kind)).ifPresent(summary -> summary.record(PERCENT * Math.max(0, cosine)));
    }

    private static Map<String, DistributionSummary> summaries(MeterRegistry registry, SightlineMeter meter) {
        return Stream.of(KNOWN, UNKNOWN, AMBIGUOUS)
                .collect(Collectors.toMap(Function.identity(), kind -> Meters.summary(registry, meter, kind)));
    }

    private static String kind(Decision decision) {
        return decision.fold(known -> KNOWN, unknown -> UNKNOWN, ambiguous -> AMBIGUOUS, low -> LOW_QUALITY);
    }

    private static Optional<Receipt> receipt(Decision decision) {
        return decision.fold(
                known -> Optional.of(known.receipt()),
                unknown -> Optional.of(unknown.receipt()),
                ambiguous -> Optional.of(ambiguous.receipt()),
                low -> Optional.empty());
    }
}
