package io.sightline.ingest;

import io.sightline.ingest.capture.CaptureTools;
import io.sightline.ingest.life.Backoff;
import io.sightline.runtime.metrics.StageMeters;
import java.util.function.DoubleSupplier;

/**
 * What all camera workers share.
 *
 * @param random from 0 up to, not including, 1; thread-safe
 */
record WorkerTools(
        CaptureTools capture,
        AttemptGate gate,
        Backoff backoff,
        IngestClock clock,
        StageMeters meters,
        DoubleSupplier random) {}
