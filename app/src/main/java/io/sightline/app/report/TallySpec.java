package io.sightline.app.report;

import io.sightline.contracts.frame.CameraId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What belongs to a run.
 *
 * @param cameras the run's cameras, in the order in which they are shown; records of others are passed over
 * @param firstEpoch the run's start, milliseconds UTC: epochs below it are an earlier run's
 * @param warmUp the time after the first frame that {@link RunSnapshot#steadyLatency()} leaves out
 */
public record TallySpec(List<CameraId> cameras, long firstEpoch, Duration warmUp) {
    public TallySpec {
        cameras = List.copyOf(new LinkedHashSet<>(cameras));
        if (cameras.isEmpty()) {
            throw new IllegalArgumentException("a run needs at least one camera");
        }
        if (warmUp.isNegative()) {
            throw new IllegalArgumentException("warm-up of " + warmUp);
        }
    }
}
