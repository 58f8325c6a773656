package io.sightline.tests.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sightline.tests.servers.RequiredServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of {@code dashboards/prometheus}: each alert tested by promtool in both directions, and explained on a page. */
class RulesTest {
    private static final long LIMIT_SECONDS = 180;

    @Test
    void promtoolAcceptsTheRules() throws Exception {
        promtool(List.of("check", "rules", "rules.yml", "alerts.yml"));
    }

    @Test
    void everyAlertFiresAndStaysSilentAsItsTestSays() throws Exception {
        List<String> command = new ArrayList<>(List.of("test", "rules"));
        RuleFiles.names(RuleFiles.TESTS, ".test.yml").forEach(name -> command.add("tests/" + name + ".test.yml"));

        assertThat(promtool(command)).doesNotContain("FAILED");
    }

    @Test
    void everyAlertHasATestThatFiresAndOneThatDoesNot() {
        assertThat(RuleFiles.names(RuleFiles.TESTS, ".test.yml")).isEqualTo(alertFiles());
        for (String alert : alertNames()) {
            JsonNode tests = RuleFiles.yaml(RuleFiles.TESTS.resolve(RuleFiles.fileName(alert) + ".test.yml"))
                    .path("tests");
            List<JsonNode> asked = new ArrayList<>();
            tests.forEach(test -> test.path("alert_rule_test").forEach(asked::add));

            assertThat(asked)
                    .as(alert)
                    .allMatch(one -> one.path("alertname").asText().equals(alert))
                    .anyMatch(one -> one.path("exp_alerts").size() > 0)
                    .anyMatch(one -> one.path("exp_alerts").isEmpty());
        }
    }

    @Test
    void everyAlertHasItsPageAndEveryPageItsAlert() throws IOException {
        assertThat(RuleFiles.names(RuleFiles.RUNBOOKS, ".md")).isEqualTo(alertFiles());
        for (JsonNode alert : RuleFiles.alerts()) {
            String name = alert.path("alert").asText();
            String page = alert.path("annotations").path("runbook").asText();

            assertThat(page).isEqualTo("docs/runbooks/" + RuleFiles.fileName(name) + ".md");
            assertThat(Files.readString(RuleFiles.ROOT.resolve(page)))
                    .startsWith("# " + name + "\n")
                    .contains("\n**Symptom.** ", "\n**Look**\n", "\n**Do**\n");
            assertThat(alert.path("labels").path("severity").asText()).as(name).isIn("page", "ticket");
            assertThat(alert.path("annotations").path("summary").asText())
                    .as(name)
                    .isNotEmpty();
        }
    }

    @Test
    void rulesNameOnlyMetersThatExist() {
        Set<String> recorded = RuleFiles.recorded();
        assertThat(RuleFiles.rules()).hasSizeGreaterThan(30);

        for (JsonNode rule : RuleFiles.rules()) {
            assertThat(KnownMetrics.unknownIn(rule.path("expr").asText(), recorded))
                    .as("metrics that nobody has, in %s", rule)
                    .isEmpty();
        }
    }

    @Test
    void meterThatVanishedIsFound() {
        JsonNode frozen = RuleFiles.alerts().stream()
                .filter(alert -> alert.path("alert").asText().equals("CameraFrozen"))
                .findFirst()
                .orElseThrow();
        String old = frozen.path("expr").asText().replace("picture_age_seconds", "stillness_seconds");

        assertThat(KnownMetrics.unknownIn(old, Set.of())).containsExactly("sightline_camera_stillness_seconds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a                                                        | a",
                "sum by (camera) (rate(a_total{x=\"b{c}\"}[5m])) > 0.5      | a_total",
                "a / on (camera) group_left (name) b offset 10m            | a b",
                "histogram_quantile(0.9, sum(rate(a_bucket[1m])) by (le))  | a_bucket",
                "max(a) - min(b:c:d) == bool 1e3                           | a b:c:d",
                "(a unless b) or vector(0) # c                             | a b",
                "label_replace(a, \"x\", \"$1\", \"y\", \"(z)\")                 | a"
            })
    void namesOfAnExpressionAreItsMetricsAlone(String expression, String names) {
        assertThat(PromqlNames.in(expression)).containsExactlyElementsOf(new TreeSet<>(List.of(names.split(" "))));
    }

    @Test
    void selectorWithoutANameIsRefused() {
        assertThatThrownBy(() -> PromqlNames.in("sum({job=\"sightline\"})"))
                .hasMessageContaining("without a metric's name");
    }

    private static Set<String> alertNames() {
        return StreamSupport.stream(RuleFiles.alerts().spliterator(), false)
                .map(alert -> alert.path("alert").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> alertFiles() {
        return alertNames().stream().map(RuleFiles::fileName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String promtool(List<String> arguments) throws IOException, InterruptedException {
        RequiredServer.PROMETHEUS.require();
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(arguments);
        Path said = Files.createTempFile("promtool", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(RuleFiles.PROMETHEUS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("promtool ended")
                    .isTrue();
            String output = Files.readString(said, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }
}
