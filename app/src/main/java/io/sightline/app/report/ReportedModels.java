package io.sightline.app.report;

/** The models that a run used. */
public record ReportedModels(ReportedModel detector, ReportedModel embedder) {}
