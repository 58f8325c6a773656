package io.sightline.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The chart renders into resources that Kubernetes and Strimzi know, and refuses values that it does not know. */
class HelmChartTest {
    private static final String ALL_ON = """
            embed: {gpu: {enabled: true}, autoscaling: {enabled: true}}
            detect: {autoscaling: {enabled: true, minReplicas: 2, lagSeconds: 0.75}}
            match: {autoscaling: {enabled: true}}
            settings: {detect: {min-score: 0.5}}
            monitoring:
              podMonitor: true
              labels: {release: prometheus}
              rules: "groups: [{name: r, rules: [{record: 'a:b', expr: 'sum(up)'}]}]"
              alerts: "groups: [{name: a, rules: [{alert: Down, expr: 'up == 0', for: 5m, annotations: {summary: 'x {{ $labels.job }}'}}]}]"
            """;

    @Test
    void defaultValuesRenderIntoResourcesThatKubernetesKnows() {
        assertThat(kinds(Chart.with()))
                .isEqualTo(Map.of(
                        "ConfigMap", 1L,
                        "ServiceAccount", 1L,
                        "Deployment", 3L,
                        "KafkaTopic", 10L,
                        "KafkaUser", 4L,
                        "NetworkPolicy", 5L,
                        "PodDisruptionBudget", 4L));
    }

    @Test
    void everythingSwitchedOnRendersIntoResourcesThatKubernetesKnows() {
        assertThat(kinds(Chart.with(Chart.CAMERAS, ALL_ON)))
                .containsEntry("Deployment", 5L)
                .containsEntry("ConfigMap", 3L)
                .containsEntry("HorizontalPodAutoscaler", 3L)
                .containsEntry("PodMonitor", 1L)
                .containsEntry("PrometheusRule", 2L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\ndatas: {}",
                "kind: ConfigMap\napiVersion: v1\nmetadata: {name: a, label: {}}",
                "kind: Deployment\napiVersion: apps/v1\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, imag: b}]}}}",
                "kind: KafkaTopic\napiVersion: kafka.strimzi.io/v1\nmetadata: {name: a}\nspec: {partition: 3}",
                "kind: Deployment\napiVersion: apps/v1beta1\nmetadata: {name: a}",
                "kind: Deploiment\napiVersion: apps/v1\nmetadata: {name: a}"
            })
    void manifestsThatKubernetesWouldNotKnowAreFoundByTheseTests(String manifest) {
        assertThatThrownBy(() -> StrictManifests.read(manifest)).isInstanceOf(AssertionError.class);
    }

    @Test
    void chartPassesHelmsOwnCheck() {
        LintResult lint = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    detectt: {replicas: 3}                                     | detectt
                    detect: {replica: 3}                                       | replica
                    kafka: {partition: 8}                                      | partition
                    redis: {password: canary}                                  | password
                    strimzi: {clusters: a}                                     | clusters
                    embed: {gpu: {enable: true}}                               | enable
                    embed: {autoscaling: {maxReplicas: 3}}                     | maxReplicas
                    detect: {gpu: {enabled: true}}                             | gpu
                    detect: {resources: {limits: {cpus: 2}}}                   | cpus
                    settings: {detect: {min-scor: 1}}                          | min-scor
                    settings: {kafka: {partitions: 4}}                         | kafka
                    settings: {ops: {bind: 0.0.0.0}}                           | ops
                    networkPolicies: {kafka: {port: 9093}}                     | port
                    monitoring: {podMonitors: true}                            | podMonitors
                    ingest: {groups: [{name: a, cameras: [{id: a, url: "rtsp://a/b", passwd: c}]}]} | passwd
                    """)
    void unknownKeyInAValuesFileIsRefusedByItsName(String values, String key) {
        assertThatThrownBy(() -> Chart.text(values)).hasMessageContaining("'" + key + "'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kafka: {partitions: 0}                                     | kafka/partitions
                    kafka: {security: ssl}                                     | kafka/security
                    kafka: {bootstrapServers: "http://broker"}                 | kafka/bootstrapServers
                    detect: {replicas: -1}                                     | detect/replicas
                    detect: {replicas: three}                                  | detect/replicas
                    detect: {threads: 0}                                       | detect/threads
                    detect: {autoscaling: {enabled: true, lagSeconds: 0}}      | detect/autoscaling/lagSeconds
                    embed: {gpu: {providers: [rocm]}}                          | embed/gpu/providers
                    redis: {url: "redis://user:canary@redis:6379"}             | redis/url
                    settings: {detect: {min-score: high}}                      | settings/detect/min-score
                    ingest: {groups: [{name: a, cameras: []}]}                 | ingest/groups/0/cameras
                    ingest: {groups: [{name: a, cameras: [{id: GATE, url: "rtsp://a/b"}]}]} | cameras/0/id
                    ingest: {groups: [{name: a, cameras: [{id: a, url: "rtsp://u:canary@a/b"}]}]} | cameras/0/url
                    ingest: {groups: [{name: a, cameras: [{id: a, url: "rtsp://a/b", passwordSecret: {name: s, key: k}}]}]} | user
                    networkPolicies: {cameras: {cidrs: [anywhere]}}            | cameras/cidrs/0
                    """)
    void valueThatCannotBeIsRefusedWithItsPlace(String values, String place) {
        assertThatThrownBy(() -> Chart.text(values)).hasMessageContaining(place);
    }

    /** Else Helm would pass over an unknown key in silence. */
    @Test
    void everyObjectOfTheSchemaIsClosed() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Chart.FOLDER.resolve("values.schema.json").toFile());

        assertThat(open(schema, "")).isEmpty();
    }

    @Test
    void workersWithoutAPartitionAreRefused() {
        assertThatThrownBy(() -> Chart.text("kafka: {partitions: 5}\ndetect: {replicas: 4, threads: 2}"))
                .hasMessageContaining("detect.replicas is 4")
                .hasMessageContaining("keep only 3 busy");
        assertThatThrownBy(
                        () -> Chart.text(
                                "kafka: {partitions: 2}\ndetect: {replicas: 1}\nmatch: {autoscaling: {enabled: true, minReplicas: 3}}"))
                .hasMessageContaining("match.autoscaling.minReplicas is 3");
    }

    @Test
    void stagesScaleOnLagInSecondsUpToThePartitions() {
        Chart chart = Chart.with(ALL_ON, "kafka: {partitions: 7}");

        HorizontalPodAutoscaler detect = chart.one(HorizontalPodAutoscaler.class, "sightline-detect");
        assertThat(detect.getSpec().getScaleTargetRef().getName()).isEqualTo("sightline-detect");
        assertThat(detect.getSpec().getMinReplicas()).isEqualTo(2);
        assertThat(detect.getSpec().getMaxReplicas())
                .as("7 partitions, 2 threads each")
                .isEqualTo(4);
        assertThat(detect.getSpec().getMetrics()).singleElement().satisfies(metric -> {
            assertThat(metric.getExternal().getMetric().getName()).isEqualTo("sightline_stage_lag_seconds");
            assertThat(metric.getExternal().getMetric().getSelector().getMatchLabels())
                    .isEqualTo(Map.of("stage", "detect"));
            assertThat(metric.getExternal().getTarget().getType()).isEqualTo("Value");
            assertThat(metric.getExternal().getTarget().getValue().getNumericalAmount())
                    .isEqualByComparingTo("0.75");
        });
        assertThat(chart.one(HorizontalPodAutoscaler.class, "sightline-match")
                        .getSpec()
                        .getMaxReplicas())
                .isEqualTo(7);
        // With a number of its own each upgrade would undo the autoscaler's.
        assertThat(chart.one(Deployment.class, "sightline-detect").getSpec().getReplicas())
                .isNull();
    }

    @Test
    void adapterServesTheMetricThatAutoscalersAskFor() throws IOException {
        JsonNode values = new ObjectMapper()
                .valueToTree(new Yaml().load(Files.readString(Chart.FOLDER.resolveSibling("prometheus-adapter.yaml"))));
        JsonNode rule = values.path("rules").path("external").path(0);
        var metric = Chart.with(ALL_ON)
                .one(HorizontalPodAutoscaler.class, "sightline-embed")
                .getSpec()
                .getMetrics()
                .get(0)
                .getExternal()
                .getMetric();

        assertThat(rule.path("name").path("as").asText()).isEqualTo(metric.getName());
        assertThat(rule.path("seriesQuery").asText()).startsWith(metric.getName() + "{");
        metric.getSelector()
                .getMatchLabels()
                .keySet()
                .forEach(label -> assertThat(rule.path("seriesQuery").asText()).contains(label + "!="));
    }

    @Test
    void cameraInTwoGroupsIsRefused() {
        assertThatThrownBy(() -> Chart.text("""
                        ingest:
                          groups:
                            - {name: a, cameras: [{id: gate, url: "rtsp://a/b"}]}
                            - {name: b, cameras: [{id: gate, url: "rtsp://a/c"}]}
                        """)).hasMessageContaining("camera 'gate' is in them twice");
    }

    @Test
    void newCaptureStartsAfterTheOldOneHasEnded() {
        Deployment gates = Chart.with(Chart.CAMERAS).one(Deployment.class, "sightline-ingest-gates");

        assertThat(gates.getSpec().getReplicas()).isEqualTo(1);
        assertThat(gates.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    }

    @Test
    void changedSettingsAndCamerasStartPodsAnew() {
        Chart before = Chart.with(Chart.CAMERAS);
        Chart settings = Chart.with(Chart.CAMERAS, "settings: {detect: {min-score: 0.6}}");
        Chart cameras = Chart.with(Chart.CAMERAS.replace("fps: 5", "fps: 6"));

        assertThat(annotations(settings, "sightline-detect")).isNotEqualTo(annotations(before, "sightline-detect"));
        assertThat(annotations(cameras, "sightline-detect")).isEqualTo(annotations(before, "sightline-detect"));
        assertThat(annotations(cameras, "sightline-ingest-gates"))
                .isNotEqualTo(annotations(before, "sightline-ingest-gates"));
        assertThat(annotations(cameras, "sightline-ingest-yard"))
                .isEqualTo(annotations(before, "sightline-ingest-yard"));
    }

    @Test
    void withoutStrimziAJobMakesTheTopics() {
        Chart chart = Chart.with("strimzi: {enabled: false}");

        assertThat(kinds(chart)).doesNotContainKeys("KafkaTopic", "KafkaUser");
        String job = jobOf(chart);
        assertThat(chart.container(job).getImage()).startsWith("sightline-tools:");
        assertThat(chart.container(job).getArgs()).startsWith("topics", "create", "--config");
        // A Job's Pods cannot be changed, so other settings must not meet it.
        assertThat(jobOf(Chart.with("strimzi: {enabled: false}"))).isEqualTo(job);
        assertThat(jobOf(Chart.with("strimzi: {enabled: false}", "kafka: {partitions: 24}")))
                .isNotEqualTo(job);
    }

    @Test
    void rulesOfPrometheusPassThroughWithTheirOwnTemplates() {
        Chart chart = Chart.with(ALL_ON);

        PrometheusRule alerts = chart.one(PrometheusRule.class, "sightline-alerts");
        assertThat(alerts.getMetadata().getLabels()).containsEntry("release", "prometheus");
        assertThat(alerts.getSpec().getGroups().get(0).getRules().get(0).getAnnotations())
                .containsEntry("summary", "x {{ $labels.job }}");
        PodMonitor monitor = chart.one(PodMonitor.class, "sightline");
        assertThat(monitor.getSpec().getPodMetricsEndpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.getPort()).isEqualTo("ops");
            assertThat(endpoint.getPath()).isEqualTo("/metrics");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules: 'alert: Down'", "alerts: '{not yaml'"})
    void fileThatHoldsNoRulesIsRefused(String values) {
        assertThatThrownBy(() -> Chart.text("monitoring: {" + values + "}"))
                .hasMessageContaining("is not a Prometheus rules file");
    }

    private static String jobOf(Chart chart) {
        assertThat(chart.all(Job.class)).hasSize(1);
        return chart.all(Job.class).get(0).getMetadata().getName();
    }

    private static Map<String, Long> kinds(Chart chart) {
        return chart.resources().stream()
                .collect(Collectors.groupingBy(HasMetadata::getKind, TreeMap::new, Collectors.counting()));
    }

    private static Map<String, String> annotations(Chart chart, String pod) {
        return chart.pod(pod).getMetadata().getAnnotations();
    }

    /** Places of objects that take any key; maps of texts, such as labels, are meant to. */
    private static Map<String, String> open(JsonNode schema, String place) {
        Map<String, String> open = new TreeMap<>();
        boolean isObject = schema.path("type").asText().equals("object");
        boolean isClosed = schema.path("additionalProperties").isBoolean()
                && !schema.path("additionalProperties").asBoolean();
        boolean isMapOfTexts =
                schema.path("additionalProperties").path("type").asText().equals("string");
        boolean isAlwaysEmpty = schema.path("maxProperties").asInt(-1) == 0;
        if (isObject && !isClosed && !isMapOfTexts && !isAlwaysEmpty) {
            open.put(place, schema.toString());
        }
        if (schema.has("properties") && !isObject) {
            open.put(place, "properties of what is no object");
        }
        schema.properties().forEach(field -> open.putAll(open(field.getValue(), place + "/" + field.getKey())));
        return open;
    }
}
