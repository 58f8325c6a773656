package io.sightline.app.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.contracts.ops.Stage;
import io.sightline.detect.DetectStage;
import io.sightline.detect.FaceFinder;
import io.sightline.embed.EmbedStage;
import io.sightline.embed.FaceEmbedder;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.match.MatchSettings;
import io.sightline.match.MatchStage;
import io.sightline.match.gallery.GalleryIndex;
import io.sightline.match.picture.PictureStore;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.streams.KafkaConnection;
import io.sightline.runtime.streams.StreamsRole;
import io.sightline.runtime.streams.StreamsSpec;
import io.sightline.runtime.streams.StreamsSpec.Guarantee;
import io.sightline.runtime.trace.FrameTraces;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.streams.Topology;

/** Starts the three stream stages; each call gives a running role that its caller closes. */
public final class Roles {
    /** At least once: what a crash repeats, match-stream settles once. A consumer does not wait for this commit. */
    private static final Duration LAZY_COMMIT = Duration.ofSeconds(1);

    private final SightlineSettings settings;
    private final KafkaConnection kafka;
    private final Path stateDir;
    private final Tools tools;

    /** What every role measures and dates with. */
    public record Tools(MeterRegistry registry, FrameTraces traces, Clock clock) {}

    public Roles(SightlineSettings settings, KafkaConnection kafka, Path stateDir, Tools tools) {
        this.settings = settings;
        this.kafka = kafka;
        this.stateDir = stateDir;
        this.tools = tools;
    }

    /** {@code finder} stays its caller's. */
    public StreamsRole detect(FaceFinder finder) {
        StageMeters meters = meters(Stage.DETECT);
        Topology topology = DetectStage.topology(settings.detect(), finder, tools.clock(), meters);
        return start(meters, topology, settings.workers().detectThreads());
    }

    /** {@code embedder} stays its caller's. */
    public StreamsRole embed(FaceEmbedder embedder) {
        StageMeters meters = meters(Stage.EMBED);
        Topology topology = EmbedStage.topology(settings.embed(), embedder, tools.clock(), meters);
        return start(meters, topology, settings.workers().embedThreads());
    }

    /** Gallery and pictures stay their caller's; the gallery must have been read. */
    public StreamsRole match(EmbedderSpec embedder, GalleryIndex gallery, PictureStore pictures) {
        StageMeters meters = meters(Stage.MATCH);
        Topology topology =
                MatchStage.topology(matchSettings(settings, embedder), gallery, pictures, tools.clock(), meters);
        return start(meters, topology, settings.workers().matchThreads());
    }

    /** The decision rule in force: the card's threshold and margin unless the settings say otherwise. */
    public static MatchSettings matchSettings(SightlineSettings settings, EmbedderSpec embedder) {
        return settings.match().forEmbedder(embedder.threshold(), embedder.margin());
    }

    private StageMeters meters(Stage stage) {
        return new StageMeters(tools.registry(), stage, tools.traces());
    }

    private StreamsRole start(StageMeters meters, Topology topology, int threads) {
        Stage stage = meters.stage();
        boolean isMatch = stage == Stage.MATCH;
        String name = "sightline-" + stage.wireName();
        StreamsSpec spec = new StreamsSpec(
                name,
                kafka,
                isMatch ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE,
                threads,
                isMatch ? settings.workers().matchCommitInterval() : LAZY_COMMIT,
                stateDir.resolve(settings.workers().instance()),
                name + "-" + settings.workers().instance());
        return StreamsRole.start(spec, topology, meters);
    }
}
