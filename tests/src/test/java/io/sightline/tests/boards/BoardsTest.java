package io.sightline.tests.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The boards as they lie in {@code dashboards/grafana/boards}: they ask for what there is, say what they show, and lead on. */
class BoardsTest {
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");
    private static final Pattern TITLE_IN_RUNBOOK = Pattern.compile("(?<!\\*)\\*([^*\\n]+)\\*(?!\\*)");

    static Set<String> files() {
        return RuleFiles.names(Boards.FOLDER, ".json");
    }

    @ParameterizedTest
    @MethodSource("files")
    void expressionsNameOnlyMetersThatExist(String file) {
        String text = text(file);

        assertThat(expressions(text)).hasSizeGreaterThan(5);
        assertThat(unknown(text)).isEmpty();
    }

    @Test
    void boardThatNamesAVanishedMeterIsFound() {
        String fleet = text("10-fleet");
        String wait = SightlineMeter.STAGE_WAIT.prometheusName();
        String captured = SightlineMeter.FRAMES_CAPTURED.prometheusName();

        assertThat(unknown(fleet.replace(wait, "sightline_stage_patience_seconds")))
                .containsExactly("sightline_stage_patience_seconds_bucket");
        assertThat(unknown(fleet.replace(captured, captured + "s"))).containsExactly(captured + "s");
        assertThat(unknown(text("20-camera").replace("label_values(" + captured, "label_values(sightline_cameras")))
                .containsExactly("sightline_cameras");
    }

    @Test
    void seriesByALabelThatTheMeterDoesNotHaveCannotBeWritten() {
        assertThatThrownBy(() -> Series.of(SightlineMeter.LATENCY).quantile(0.5, "camera"))
                .hasMessageContaining("sightline_latency_seconds has no label 'camera'");
        assertThatThrownBy(() -> Series.of(SightlineMeter.STAGE_WAIT).where("step", "decode"))
                .hasMessageContaining("no label 'step', only [stage]");
        assertThatThrownBy(() -> Series.of(SightlineMeter.STAGE_LAG).average("stage"))
                .hasMessageContaining("is no histogram");
    }

    @Test
    void everyMeterOfTheCatalogueIsOnABoard() {
        Set<String> shown = new HashSet<>();
        files().forEach(file -> expressions(text(file)).forEach(expr -> shown.addAll(PromqlNames.in(expr))));

        assertThat(Arrays.stream(SightlineMeter.values())
                        .map(SightlineMeter::prometheusName)
                        .filter(name -> shown.stream().noneMatch(one -> one.startsWith(name))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyPanelSaysWhatItShowsInWhichUnit(String file) {
        List<JsonNode> panels = panels(text(file));
        assertThat(panels).hasSizeGreaterThan(5);

        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).endsWith(".").hasSizeGreaterThan(10);
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
            assertThat(panel.at("/fieldConfig/defaults/thresholds/steps")).isNotEmpty();
            assertThat(panel.path("targets")).isNotEmpty();
        });
        assertThat(panels).extracting(panel -> panel.path("title").asText()).doesNotHaveDuplicates();
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void panelsLieSideBySide(String file) {
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : Boards.read(text(file)).path("panels")) {
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    assertThat(taken.add((at.path("x").asInt() + x) + " "
                                    + (at.path("y").asInt() + y)))
                            .as("place of %s", panel.path("title"))
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyVariableIsUsedAndEveryUseIsAVariable(String file) {
        JsonNode board = Boards.read(text(file));
        Set<String> variables = new TreeSet<>();
        board.at("/templating/list")
                .forEach(variable -> variables.add(variable.path("name").asText()));
        String panels = board.path("panels").toString();
        Set<String> used = new TreeSet<>();
        Matcher use = Pattern.compile("\\$\\{?(?!_)([a-z]+)").matcher(panels);
        while (use.find()) {
            used.add(use.group(1));
        }

        assertThat(used).isEqualTo(variables);
    }

    @Test
    void everyRunbookIsReachedFromAPanelAndEveryLinkLeadsSomewhere() {
        Set<String> runbooks = new TreeSet<>();
        Set<String> boards = new TreeSet<>();
        for (String file : files()) {
            Matcher link = Pattern.compile("\\$\\{runbooks}/([a-z-]+)\\.md|/d/(sightline-[a-z]+)/")
                    .matcher(text(file));
            while (link.find()) {
                (link.group(1) == null ? boards : runbooks).add(link.group(link.group(1) == null ? 2 : 1));
            }
        }

        assertThat(runbooks).isEqualTo(RuleFiles.names(RuleFiles.RUNBOOKS, ".md"));
        assertThat(boards)
                .isNotEmpty()
                .isSubsetOf(Boards.all().stream()
                        .map(board -> "sightline-" + board.name())
                        .toList());
    }

    @Test
    void everyPanelThatARunbookNamesExists() {
        Set<String> titles = Boards.all().stream()
                .flatMap(board -> board.panels().stream())
                .map(Panel::title)
                .collect(Collectors.toSet());

        for (String runbook : RuleFiles.names(RuleFiles.RUNBOOKS, ".md")) {
            String page = RuleFiles.text(RuleFiles.RUNBOOKS.resolve(runbook + ".md"));
            Matcher title = TITLE_IN_RUNBOOK.matcher(page);
            while (title.find()) {
                assertThat(titles).as("panels named in %s.md", runbook).contains(title.group(1));
            }
        }
    }

    @Test
    void boardsAreProvisioned() {
        JsonNode provider =
                RuleFiles.yaml(RuleFiles.ROOT.resolve("dashboards/grafana/provisioning/dashboards/sightline.yaml"));
        JsonNode source =
                RuleFiles.yaml(RuleFiles.ROOT.resolve("dashboards/grafana/provisioning/datasources/prometheus.yaml"));

        assertThat(provider.at("/providers/0/options/path").asText()).endsWith("/boards");
        assertThat(source.at("/datasources/0/type").asText()).isEqualTo("prometheus");
        assertThat(source.at("/datasources/0/isDefault").asBoolean()).isTrue();
    }

    private static Set<String> unknown(String board) {
        Set<String> unknown = new TreeSet<>();
        Set<String> recorded = RuleFiles.recorded();
        expressions(board).forEach(expr -> unknown.addAll(KnownMetrics.unknownIn(expr, recorded)));
        return unknown;
    }

    /** Of panels, and the metric that each variable asks for. */
    private static List<String> expressions(String board) {
        List<String> all = new ArrayList<>();
        panels(board)
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> all.add(target.path("expr").asText())));
        Matcher values = LABEL_VALUES.matcher(board);
        while (values.find()) {
            all.add(values.group(1));
        }
        return all;
    }

    private static List<JsonNode> panels(String board) {
        List<JsonNode> panels = new ArrayList<>();
        Boards.read(board).path("panels").forEach(panel -> {
            if (!panel.path("type").asText().equals("row")) {
                panels.add(panel);
            }
        });
        return panels;
    }

    private static String text(String file) {
        return RuleFiles.text(Boards.FOLDER.resolve(file + ".json"));
    }
}
