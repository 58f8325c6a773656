package io.sightline.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.app.topics.TopicPlan;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.detect.DetectSettings;
import io.sightline.detect.DetectStage;
import io.sightline.embed.EmbedSettings;
import io.sightline.embed.EmbedStage;
import io.sightline.embed.FaceEmbedder;
import io.sightline.inference.onnx.Provider;
import io.sightline.inference.store.ModelStore;
import io.sightline.match.MatchSettings;
import io.sightline.match.MatchStage;
import io.sightline.match.gallery.GallerySnapshot;
import io.sightline.match.picture.PictureStore;
import io.sightline.match.stream.MatchPorts;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.trace.FrameTraces;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclOperation;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the chart hands to the product is what the product reads, and what it asks of Kafka is what the product needs. */
class HelmSettingsTest {
    private static final Path ROOT = Path.of("..");
    /** Settings that the chart decides itself, or that only the command line has a use for. */
    private static final Set<String> NOT_IN_VALUES = Set.of(
            "kafka.partitions",
            "kafka.replicas",
            "redis.namespace",
            "workers.detect-threads",
            "workers.embed-threads",
            "workers.match-threads",
            "workers.instance",
            "embed.providers",
            "ops.bind",
            "ops.port");

    @TempDir
    Path folder;

    @Test
    void everyRoleReadsItsSettingsAsTheValuesSayThem() throws IOException {
        Chart chart = Chart.with(Chart.CAMERAS, """
                kafka: {bootstrapServers: "a:9093,b:9093", partitions: 24}
                redis: {url: "rediss://cache:6380", user: sight, namespace: halls}
                detect: {threads: 3}
                settings: {detect: {min-score: 0.55, track: {max-gap-ms: 900}}, ingest: {fps: 4}, match: {threshold: 0.5}}
                """);

        for (String pod : chart.pods().keySet()) {
            SightlineSettings settings =
                    PodFiles.of(chart, pod, folder.resolve(pod)).settings();

            assertThat(settings.kafka().bootstrapServers()).as(pod).contains("a:9093,b:9093");
            assertThat(settings.kafka().partitions()).isEqualTo(24);
            assertThat(settings.kafka().replicas()).isEqualTo((short) 3);
            assertThat(settings.workers().detectThreads()).isEqualTo(3);
            assertThat(settings.detect().detector().minScore()).isEqualTo(0.55f);
            assertThat(settings.ingest().capture().fps()).isEqualTo(4);
            assertThat(settings.redis().orElseThrow().url()).isEqualTo("rediss://cache:6380");
            assertThat(settings.redis().orElseThrow().namespace()).isEqualTo("halls");
            assertThat(settings.ops().bind()).isEqualTo("0.0.0.0");
            assertThat(settings.workers().instance()).startsWith(pod + "-");
        }
    }

    @Test
    void everyRoleIsAUserOfItsOwnForKafkaOverTls() throws IOException {
        Chart chart = Chart.with(Chart.CAMERAS);

        for (String pod : chart.pods().keySet()) {
            Map<String, String> client = PodFiles.of(chart, pod, folder.resolve(pod))
                    .settings()
                    .kafka()
                    .client();

            String role = pod.split("-", -1)[1];
            assertThat(client)
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                    .containsEntry("ssl.truststore.type", "PEM");
            assertThat(client.get("sasl.jaas.config"))
                    .contains("username=\"sightline-" + role + "\"")
                    .contains("password=\"canary-/run/secrets/kafka/password\"");
            assertThat(Path.of(client.get("ssl.truststore.location"))).exists();
            assertThat(chart.one(KafkaUser.class, "sightline-" + role)
                            .getSpec()
                            .getAuthentication()
                            .getType())
                    .isEqualTo("scram-sha-512");
        }
    }

    @Test
    void withoutSecurityNobodyLogsIn() throws IOException {
        Chart chart = Chart.with("kafka: {security: none, bootstrapServers: 'kafka:9092'}");

        assertThat(chart.all(KafkaUser.class)).isEmpty();
        assertThat(PodFiles.of(chart, "sightline-detect", folder)
                        .settings()
                        .kafka()
                        .client())
                .isEmpty();
    }

    @Test
    void onlyMatchHasThePasswordOfRedis() throws IOException {
        Chart chart = Chart.with(Chart.CAMERAS);

        for (String pod : chart.pods().keySet()) {
            PodFiles files = PodFiles.of(chart, pod, folder.resolve(pod));
            boolean isMatch = pod.equals("sightline-match");

            assertThat(Files.exists(files.path("/run/secrets/redis/password")))
                    .as(pod)
                    .isEqualTo(isMatch);
            assertThat(files.settings().redis().orElseThrow().password().isPresent())
                    .as(pod)
                    .isEqualTo(isMatch);
        }
    }

    @Test
    void camerasAreThoseOfTheValuesWithTheirPasswordsFromFiles() throws IOException {
        Chart chart = Chart.with(Chart.CAMERAS);

        var gates = PodFiles.of(chart, "sightline-ingest-gates", folder.resolve("gates"))
                .cameras();
        var yard = PodFiles.of(chart, "sightline-ingest-yard", folder.resolve("yard"))
                .cameras();

        assertThat(gates).extracting(camera -> camera.id().value()).containsExactly("gate", "lobby");
        assertThat(gates.get(0).capture().fps()).isEqualTo(5);
        assertThat(gates.get(0).capture().maxWidthPx()).isEqualTo(1280);
        assertThat(yard).extracting(camera -> camera.id().value()).containsExactly("yard");
        assertThat(chart.config("sightline-cameras-gates", "cameras.yaml"))
                .contains("file:/run/secrets/cameras/gate/password");
    }

    @Test
    void valuesMayHoldEveryDocumentedSettingButTheChartsOwn() throws IOException {
        String text = Files.readString(ROOT.resolve("docs").resolve("sightline.yaml"));
        // those without a default of their own stand as comments
        Set<String> documented = keys(new Yaml().load(text));
        documented.add("match.threshold");
        documented.add("match.margin");
        documented.add("tracing.endpoint");
        assertThat(text).contains("# threshold:", "# margin:", "# endpoint:");
        documented.removeAll(NOT_IN_VALUES);

        JsonNode schema = new ObjectMapper()
                .readTree(Chart.FOLDER.resolve("values.schema.json").toFile());

        assertThat(keysOfSchema(schema.path("properties").path("settings"), "")).isEqualTo(documented);
    }

    @Test
    void topicsAreThoseThatTheProductMakes() {
        Chart chart = Chart.with("kafka: {partitions: 9, replicas: 3}");
        TopicPlan plan = TopicPlan.of(9, 3);

        assertThat(chart.all(KafkaTopic.class)).hasSize(Topics.all().size());
        for (Topic<?> topic : Topics.all()) {
            KafkaTopic made = chart.one(KafkaTopic.class, topic.name());
            Map<String, String> config = new HashMap<>();
            made.getSpec().getConfig().forEach((name, value) -> config.put(name, String.valueOf(value)));

            assertThat(made.getSpec().getTopicName()).isEqualTo(topic.name());
            assertThat(made.getSpec().getPartitions()).as("%s", topic).isEqualTo(plan.partitionsOf(topic));
            assertThat(made.getSpec().getReplicas()).isEqualTo(3);
            assertThat(config).as("%s", topic).isEqualTo(plan.settingsOf(topic));
            assertThat(made.getMetadata().getLabels()).containsEntry("strimzi.io/cluster", "sightline");
            assertThat(made.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        }
    }

    @Test
    void usersMayDoWhatTheirTopologyDoesAndNoMore() {
        Chart chart = Chart.with();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Clock clock = Clock.systemUTC();
        Map<String, Topology> topologies = new HashMap<>();
        topologies.put(
                "detect",
                DetectStage.topology(
                        DetectSettings.defaults(),
                        picture -> List.of(),
                        clock,
                        new StageMeters(registry, Stage.DETECT)));
        topologies.put(
                "match",
                MatchStage.topology(
                        MatchSettings.defaults(),
                        new MatchPorts(
                                GallerySnapshot::empty,
                                PictureStore.none(),
                                clock,
                                new StageMeters(registry, Stage.MATCH),
                                FrameTraces.none(registry))));
        try (FaceEmbedder embedder = FaceEmbedder.open(
                new ModelStore(ROOT.resolve("models"), folder).require("fdfacenet"),
                EmbedSettings.defaults().embedder())) {
            topologies.put(
                    "embed",
                    EmbedStage.topology(
                            EmbedSettings.defaults(), embedder, clock, new StageMeters(registry, Stage.EMBED)));

            topologies.forEach((role, topology) -> {
                Set<String> rights = new TreeSet<>();
                sources(topology).forEach(topic -> rights.add("read topic " + topic));
                sinks(topology).forEach(topic -> rights.add("write topic " + topic));
                rights.add("read group sightline-" + role);
                if (role.equals("match")) {
                    rights.addAll(List.of(
                            "create topic sightline-match-*",
                            "describeconfigs topic sightline-match-*",
                            "read topic sightline-match-*",
                            "write topic sightline-match-*",
                            "write transactionalId sightline-match-*"));
                }
                assertThat(rights(chart, role)).as(role).isEqualTo(rights);
            });
        }
    }

    /** As ingest's package publish does: pictures and states out, its last epoch and its credit in, without a group. */
    @Test
    void ingestMaySendPicturesAndReadItsOwnStateAndCredit() {
        assertThat(rights(Chart.with(), "ingest"))
                .containsExactlyInAnyOrder(
                        "write topic " + Topics.FRAMES,
                        "write topic " + Topics.CAMERAS,
                        "read topic " + Topics.CAMERAS,
                        "read topic " + Topics.SETTLED);
    }

    @Test
    void gpuWorkersAskForAGpuAndComputeThere() throws IOException {
        Chart chart = Chart.with("embed: {gpu: {enabled: true, providers: [tensorrt, cuda], count: 2}}");

        Container embed = chart.container("sightline-embed");
        assertThat(embed.getImage()).startsWith("sightline-embed-gpu:");
        assertThat(embed.getResources().getLimits()).containsEntry("nvidia.com/gpu", new Quantity("2"));
        var spec = chart.pod("sightline-embed").getSpec();
        assertThat(spec.getNodeSelector()).containsEntry("nvidia.com/gpu.present", "true");
        assertThat(spec.getTolerations()).extracting("key").containsExactly("nvidia.com/gpu");
        assertThat(PodFiles.of(chart, "sightline-embed", folder)
                        .settings()
                        .embed()
                        .embedder()
                        .network()
                        .providers())
                .containsExactly(Provider.TENSORRT, Provider.CUDA);
        assertThat(chart.container("sightline-detect").getResources().getLimits())
                .doesNotContainKey("nvidia.com/gpu");
        assertThat(Chart.with().container("sightline-embed").getResources().getLimits())
                .doesNotContainKey("nvidia.com/gpu");
    }

    private static Set<String> rights(Chart chart, String role) {
        KafkaUserAuthorizationSimple simple = (KafkaUserAuthorizationSimple)
                chart.one(KafkaUser.class, "sightline-" + role).getSpec().getAuthorization();
        Set<String> rights = new TreeSet<>();
        for (AclRule rule : simple.getAcls()) {
            JsonNode resource = new ObjectMapper().valueToTree(rule.getResource());
            String name = resource.path("name").asText()
                    + (resource.path("patternType").asText().equals("prefix") ? "*" : "");
            assertThat(rule.getOperations()).contains(AclOperation.DESCRIBE);
            rule.getOperations().stream()
                    .filter(operation -> operation != AclOperation.DESCRIBE)
                    .forEach(operation -> rights.add(operation.name().toLowerCase(Locale.ROOT) + " "
                            + resource.path("type").asText() + " " + name));
        }
        return rights;
    }

    private static Set<String> sources(Topology topology) {
        return nodes(topology).stream()
                .filter(TopologyDescription.Source.class::isInstance)
                .flatMap(node -> ((TopologyDescription.Source) node).topicSet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> sinks(Topology topology) {
        return nodes(topology).stream()
                .filter(TopologyDescription.Sink.class::isInstance)
                .map(node -> ((TopologyDescription.Sink) node).topic())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<TopologyDescription.Node> nodes(Topology topology) {
        return topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .toList();
    }

    private static Set<String> keys(Map<String, Object> section) {
        Set<String> keys = new TreeSet<>();
        section.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                Map<String, Object> typed = new TreeMap<>();
                below.forEach((name, item) -> typed.put(name.toString(), item));
                keys(typed).forEach(name -> keys.add(key + "." + name));
            } else {
                keys.add(key);
            }
        });
        return keys;
    }

    private static Set<String> keysOfSchema(JsonNode schema, String place) {
        Set<String> keys = new TreeSet<>();
        schema.path("properties").properties().forEach(field -> {
            String path = place + field.getKey();
            if (field.getValue().has("properties")) {
                keys.addAll(keysOfSchema(field.getValue(), path + "."));
            } else {
                keys.add(path);
            }
        });
        return keys;
    }
}
