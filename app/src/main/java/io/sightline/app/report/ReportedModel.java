package io.sightline.app.report;

import java.util.OptionalDouble;

/**
 * A model as a report names it, from its card.
 *
 * @param sha256 of its file, lower-case hex
 * @param origin where the file was fetched from
 * @param threshold the least similarity that named in this run; empty for a detector
 * @param margin the least distance to the best other person; empty for a detector
 */
public record ReportedModel(
        String id, String sha256, String origin, String licence, OptionalDouble threshold, OptionalDouble margin) {
    public static ReportedModel of(String id, String sha256, String origin, String licence) {
        return new ReportedModel(id, sha256, origin, licence, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** An embedder, with the threshold and margin that were in force. */
    public ReportedModel deciding(double threshold, double margin) {
        return new ReportedModel(id, sha256, origin, licence, OptionalDouble.of(threshold), OptionalDouble.of(margin));
    }
}
