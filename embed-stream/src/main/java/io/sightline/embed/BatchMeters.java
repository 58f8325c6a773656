package io.sightline.embed;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.sightline.contracts.ops.Stage;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.concurrent.TimeUnit;

/** How full the network's runs are, and what faces wait for that. Thread-safe. */
public final class BatchMeters {
    private final DistributionSummary size;
    private final Timer wait;

    private BatchMeters(DistributionSummary size, Timer wait) {
        this.size = size;
        this.wait = wait;
    }

    public static BatchMeters in(MeterRegistry registry) {
        return new BatchMeters(
                Meters.summary(registry, SightlineMeter.BATCH_SIZE, Stage.EMBED.wireName()),
                Meters.timer(registry, SightlineMeter.BATCH_WAIT, Stage.EMBED.wireName()));
    }

    /** For who does not look. */
    static BatchMeters unseen() {
        return in(new CompositeMeterRegistry());
    }

    /** The network saw so many faces in one run. */
    void ran(int faces) {
        size.record(faces);
    }

    /** The faces of a frame waited so long for others. */
    void waited(long nanos) {
        wait.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }
}
