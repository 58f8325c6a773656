package io.sightline.app.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sightline.app.report.ReportedModel;
import io.sightline.app.report.ReportedModels;
import io.sightline.app.topics.TopicAdmin;
import io.sightline.app.topics.TopicPlan;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.inference.card.ModelCard;
import io.sightline.ingest.CameraSpec;
import io.sightline.ingest.IngestStage;
import io.sightline.match.MatchSettings;
import io.sightline.match.gallery.GalleryIndex;
import io.sightline.match.gallery.GalleryStore;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.match.picture.RedisPictureStore;
import io.sightline.runtime.ops.Health;
import io.sightline.runtime.ops.OpsServer;
import io.sightline.runtime.ops.OpsSpec;
import io.sightline.runtime.streams.KafkaConnection;
import io.sightline.runtime.streams.StreamsRole;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything in one process: servers, topics, models, the three stream stages, ready for cameras. Started in the order of
 * dependence and closed in the reverse one.
 */
public final class AllInOne implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final SightlineSettings settings;
    private final Closing closing;
    private final Clock clock = Clock.systemUTC();
    private final ProcessMeters meters;
    private final PrometheusMeterRegistry registry;
    private final Servers servers;
    private final Models models;
    private final GalleryStore gallery;
    private final Map<String, StreamsRole> roles = new LinkedHashMap<>();

    private AllInOne(SightlineSettings settings, Home home, Path data, Closing closing) {
        this.settings = settings;
        this.closing = closing;
        this.meters = closing.add(ProcessMeters.start("all", settings.tracing()));
        this.registry = meters.registry();
        this.models = closing.add(Models.open(settings, home, registry));
        this.servers = closing.add(Servers.start(settings, home, data));
        meters.watchCertificates(servers.kafka(), Optional.of(servers.redis()), clock);
        TopicAdmin.create(
                kafka(),
                TopicPlan.of(settings.kafka().partitions(), settings.kafka().replicas()));
        this.gallery = closing.add(GalleryStore.open(servers.redis()));
        gallery.check();
    }

    /**
     * Starts servers and stages; returns when all can work. Throws with a sentence when one cannot.
     *
     * @param data folder of the embedded servers' data
     */
    public static AllInOne start(SightlineSettings settings, Home home, Path data) {
        Closing closing = new Closing();
        try {
            AllInOne system = new AllInOne(settings, home, data, closing);
            system.startStages(data);
            return system;
        } catch (RuntimeException e) {
            try {
                closing.close();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    public IngestStage startIngest(List<CameraSpec> cameras) {
        return IngestStage.start(settings.ingest(), cameras, kafka(), registry(), clock);
    }

    public KafkaConnection kafka() {
        return servers.kafka();
    }

    public RedisSettings redis() {
        return servers.redis();
    }

    public GalleryStore gallery() {
        return gallery;
    }

    /** For enrolling into this system's gallery; reads it as it is now. */
    public EnrolmentDesk enrolmentDesk() {
        return EnrolmentDesk.open(settings, models, gallery, redis());
    }

    public Models models() {
        return models;
    }

    public MeterRegistry registry() {
        return registry;
    }

    public Clock clock() {
        return clock;
    }

    /** The models of this run with the threshold and margin in force. */
    public ReportedModels reportedModels() {
        ModelCard detector = models.detectorModel().card();
        ModelCard embedder = models.embedderModel().card();
        MatchSettings match = Roles.matchSettings(settings, embedder.embedder());
        return new ReportedModels(
                reported(detector),
                models.landmarkerModel().map(landmarker -> reported(landmarker.card())),
                reported(embedder)
                        .deciding(match.rule().threshold(), match.rule().margin()));
    }

    /** Throws {@link IllegalStateException} when a part has ended for good. */
    public void requireHealthy() {
        health().forEach((part, health) -> {
            if (!health.isLive()) {
                throw new IllegalStateException(part + " has ended: " + health.detail());
            }
        });
    }

    public Map<String, Health> health() {
        Map<String, Health> parts = new LinkedHashMap<>(servers.health());
        roles.forEach((name, role) -> parts.put(name, role.health()));
        return parts;
    }

    @Override
    public void close() {
        closing.close();
    }

    private void startStages(Path data) {
        EmbedderSpec embedder = models.embedderModel().card().embedder();
        RedisPictureStore pictures = closing.add(
                RedisPictureStore.start(servers.redis(), settings.match().pictures(), registry));
        GalleryIndex index = closing.add(GalleryIndex.start(servers.redis(), clock, registry));
        awaitLoaded(index);
        Roles starting = new Roles(
                settings, kafka(), data.resolve("streams"), new Roles.Tools(registry, meters.traces(), clock));
        roles.put("match", closing.add(starting.match(embedder, index, pictures)));
        roles.put("embed", closing.add(starting.embed(models.embedder())));
        roles.put("detect", closing.add(starting.detect(models.detector())));
        roles.forEach(AllInOne::awaitReady);
        models.warmUp();
        PathProbe.prove(kafka(), clock, READY_WITHIN);
        closing.add(OpsServer.start(new OpsSpec(settings.ops(), registry::scrape, this::health, this::info)));
    }

    private static void awaitReady(String name, StreamsRole role) {
        if (!role.awaitReady(READY_WITHIN)) {
            throw new IllegalStateException(name + " is not ready after " + READY_WITHIN.toSeconds() + " s: "
                    + role.health().detail());
        }
    }

    private static void awaitLoaded(GalleryIndex index) {
        try {
            if (!index.awaitLoaded(READY_WITHIN)) {
                throw new IllegalStateException(
                        "the gallery could not be read: " + index.health().detail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the gallery was read", e);
        }
    }

    private Map<String, Object> info() {
        Map<String, Object> info = new TreeMap<>(EmbedderInfo.of(models.embedder()));
        info.put("role", "all-in-one");
        info.put("detector", models.detectorModel().card().id());
        models.landmarkerModel()
                .ifPresent(model -> info.put("landmarker", model.card().id()));
        return info;
    }

    private static ReportedModel reported(ModelCard card) {
        return ReportedModel.of(card.id(), card.sha256(), card.origin().toString(), card.licence());
    }
}
