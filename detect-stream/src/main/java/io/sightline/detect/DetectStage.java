package io.sightline.detect;

import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.streams.FrameStage;
import io.sightline.runtime.streams.FrameStageSpec;
import java.time.Clock;
import org.apache.kafka.streams.Topology;

/** The stage from {@link Topics#FRAMES} to {@link Topics#FACES}. */
public final class DetectStage {
    private DetectStage() {}

    /** Opens nothing by itself; {@code finder} stays its caller's, who closes it after the stage has stopped. */
    public static Topology topology(DetectSettings settings, FaceFinder finder, Clock clock, StageMeters meters) {
        return FrameStage.build(new FrameStageSpec<>(
                Stage.DETECT,
                Topics.FRAMES,
                Topics.FACES,
                () -> new DetectWork(settings, finder, clock, meters),
                settings.maxAge(),
                clock,
                meters));
    }
}
