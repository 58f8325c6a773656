package io.sightline.app.report;

import java.util.Optional;

/**
 * The models that a run used.
 *
 * @param landmarker empty where landmarks are the detector's own
 */
public record ReportedModels(ReportedModel detector, Optional<ReportedModel> landmarker, ReportedModel embedder) {}
