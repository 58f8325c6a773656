package io.sightline.app.report;

import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.Decision;
import java.util.OptionalDouble;

/**
 * A face of a camera's latest frame, as people read it.
 *
 * @param label the person's name, or {@code unknown}, {@code ambiguous}, {@code low quality}
 * @param outcome what the face gives its frame
 * @param similarity to the nearest enrolled person; empty where nothing was compared
 */
public record FaceNow(String label, Outcome outcome, OptionalDouble similarity) {
    public static FaceNow of(Decision decision) {
        return decision.fold(
                known -> new FaceNow(
                        known.person().name(),
                        Outcome.IDENTIFIED,
                        OptionalDouble.of(known.receipt().similarity())),
                unknown -> new FaceNow(
                        "unknown",
                        Outcome.UNKNOWN,
                        OptionalDouble.of(unknown.receipt().similarity())),
                ambiguous -> new FaceNow(
                        "ambiguous",
                        Outcome.UNKNOWN,
                        OptionalDouble.of(ambiguous.receipt().similarity())),
                poor -> new FaceNow("low quality", Outcome.LOW_QUALITY, OptionalDouble.empty()));
    }
}
