package io.sightline.runtime.streams;

import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topic;
import io.sightline.runtime.metrics.StageMeters;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A stage of the kind "one frame in, one frame out".
 *
 * @param work makes one per task
 * @param maxAge a frame older than this is shed before the work; {@link Duration#ZERO} means never
 * @param clock for ages and stamps, UTC
 */
public record FrameStageSpec<I, O>(
        Stage stage,
        Topic<I> in,
        Topic<O> out,
        Supplier<FrameWork<I, O>> work,
        Duration maxAge,
        Clock clock,
        StageMeters meters) {
    public FrameStageSpec {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException(stage.wireName() + ": max-age of " + maxAge + " is negative");
        }
    }
}
