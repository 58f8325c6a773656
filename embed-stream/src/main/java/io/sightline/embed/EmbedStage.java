package io.sightline.embed;

import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.streams.FrameStage;
import io.sightline.runtime.streams.FrameStageSpec;
import java.time.Clock;
import org.apache.kafka.streams.Topology;

/** The stage from {@link Topics#FACES} to {@link Topics#EMBEDDINGS}. */
public final class EmbedStage {
    private EmbedStage() {}

    /** Builds the flow; {@code embedder} stays the caller's and must outlive it. */
    public static Topology topology(EmbedSettings settings, FaceEmbedder embedder, Clock clock, StageMeters meters) {
        return FrameStage.build(new FrameStageSpec<>(
                Stage.EMBED,
                Topics.FACES,
                Topics.EMBEDDINGS,
                () -> new EmbedWork(embedder, clock, meters),
                settings.maxAge(),
                clock,
                meters));
    }
}
