package io.sightline.app.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sightline.app.pipeline.Closing;
import io.sightline.app.pipeline.EmbedderInfo;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.ModelSettings;
import io.sightline.app.pipeline.Models;
import io.sightline.app.pipeline.ProcessMeters;
import io.sightline.app.pipeline.Roles;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.app.pipeline.StopRequest;
import io.sightline.detect.FaceDetector;
import io.sightline.embed.FaceEmbedder;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.inference.store.ModelStore;
import io.sightline.ingest.IngestStage;
import io.sightline.match.gallery.GalleryIndex;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.match.picture.RedisPictureStore;
import io.sightline.runtime.ops.Health;
import io.sightline.runtime.ops.OpsServer;
import io.sightline.runtime.ops.OpsSpec;
import io.sightline.runtime.streams.KafkaConnection;
import io.sightline.runtime.streams.StreamsRole;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One stage as a process of its own, against a Kafka (and Redis) that the settings name; runs until it is asked to end. */
final class RoleCommands {
    private static final Logger LOG = LoggerFactory.getLogger(RoleCommands.class);

    private RoleCommands() {}

    /** What a role has at hand while it starts; all that is added to {@code closing} ends with it. */
    private record Start(
            SightlineSettings settings,
            Home home,
            KafkaConnection kafka,
            ProcessMeters meters,
            Closing closing,
            Told told) {
        Roles roles() {
            return new Roles(
                    settings,
                    kafka,
                    home.data().resolve("streams"),
                    new Roles.Tools(registry(), meters.traces(), clock()));
        }

        PrometheusMeterRegistry registry() {
            return meters.registry();
        }

        /** Until it has started, the role's health is this. */
        void waitsFor(Supplier<Health> health) {
            told.health = health;
        }

        Clock clock() {
            return Clock.systemUTC();
        }

        ModelSettings models() {
            return settings.models();
        }
    }

    /** What the ops port tells, also while the role starts. Thread-safe. */
    private static final class Told {
        private final Map<String, Object> info;
        private volatile Supplier<Health> health =
                () -> Health.waiting("starting: opens models and connects to its servers");

        Told(String role) {
            this.info = new ConcurrentSkipListMap<>(Map.of("role", role, "version", ProcessMeters.VERSION));
        }

        Map<String, Object> info() {
            return info;
        }

        Health health() {
            return health.get();
        }
    }

    private interface Starter {
        Supplier<Health> start(Start start);
    }

    private static int run(String role, GlobalOptions global, Starter starter) {
        SightlineSettings settings = global.settings();
        Home home = global.home();
        try (StopRequest stop = StopRequest.ofProcess();
                Closing closing = new Closing()) {
            KafkaConnection kafka = LocalInstallation.requireKafka(settings);
            ProcessMeters meters = closing.add(ProcessMeters.start(role, settings.tracing()));
            Told told = new Told(role);
            OpsServer ops = closing.add(OpsServer.start(new OpsSpec(
                    settings.ops(), meters.registry()::scrape, () -> Map.of(role, told.health()), told::info)));
            System.err.println(
                    "sightline " + role + ": ops on http://" + settings.ops().bind() + ":" + ops.port());
            Start start = new Start(settings, home, kafka, meters, closing, told);
            start.waitsFor(starter.start(start));
            meters.watchCertificates(kafka, settings.redis(), start.clock());
            return untilAsked(role, stop, told::health);
        }
    }

    private static int untilAsked(String role, StopRequest stop, Supplier<Health> health) {
        String said = "";
        while (!stop.await(500, TimeUnit.MILLISECONDS)) {
            Health now = health.get();
            if (!now.isLive()) {
                System.err.println("sightline " + role + ": " + now.detail());
                return SightlineCommand.FAILED;
            }
            if (!now.detail().equals(said)) {
                said = now.detail();
                LOG.info("{}: {}", role, said);
            }
        }
        return 0;
    }

    private static Supplier<Health> healthOf(Start start, StreamsRole role) {
        start.closing().add(role);
        return role::health;
    }

    @Command(name = "ingest", mixinStandardHelpOptions = true, description = "Cameras to the topic frames.")
    static final class Ingest implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Mixin
        private final CameraOptions cameras = new CameraOptions();

        @Override
        public Integer call() {
            return run("ingest", global, start -> {
                IngestStage stage = start.closing()
                        .add(IngestStage.start(
                                start.settings().ingest(),
                                cameras.read(start.settings()),
                                start.kafka(),
                                start.registry(),
                                start.clock()));
                return stage::health;
            });
        }
    }

    @Command(name = "detect", mixinStandardHelpOptions = true, description = "Frames to faces, with tracks.")
    static final class Detect implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Override
        public Integer call() {
            return run("detect", global, start -> {
                ModelStore store = Models.store(start.settings(), start.home());
                FaceDetector detector = start.closing()
                        .add(Models.openDetector(
                                store.obtain(start.models().detector()),
                                start.models().landmarker().map(store::obtain),
                                start.settings(),
                                start.registry()));
                return healthOf(start, start.roles().detect(detector));
            });
        }
    }

    @Command(name = "embed", mixinStandardHelpOptions = true, description = "Faces to unit vectors.")
    static final class Embed implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Override
        public Integer call() {
            return run("embed", global, start -> {
                FaceEmbedder embedder = start.closing()
                        .add(Models.openEmbedder(
                                Models.store(start.settings(), start.home())
                                        .obtain(start.models().embedder()),
                                start.settings(),
                                start.registry()));
                start.told().info().putAll(EmbedderInfo.of(embedder));
                return healthOf(start, start.roles().embed(embedder));
            });
        }
    }

    @Command(
            name = "match",
            mixinStandardHelpOptions = true,
            description = "Vectors to names, sightings and the ledger.")
    static final class Match implements Callable<Integer> {
        private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Override
        public Integer call() {
            return run("match", global, start -> {
                RedisSettings redis = LocalInstallation.requireRedis(start.settings());
                EmbedderSpec embedder = Models.embedderSpec(start.settings());
                RedisPictureStore pictures = start.closing()
                        .add(RedisPictureStore.start(
                                redis, start.settings().match().pictures(), start.registry()));
                GalleryIndex gallery = start.closing().add(GalleryIndex.start(redis, start.clock(), start.registry()));
                start.waitsFor(() -> Health.waiting(gallery.health().detail()));
                awaitLoaded(gallery);
                return healthOf(start, start.roles().match(embedder, gallery, pictures));
            });
        }

        /** An empty gallery makes strangers of everybody: without Redis this role waits, and says so. */
        private static void awaitLoaded(GalleryIndex gallery) {
            try {
                while (!gallery.awaitLoaded(FIRST_LOOK)) {
                    System.err.println("sightline match: " + gallery.health().detail());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the gallery was read", e);
            }
        }
    }
}
