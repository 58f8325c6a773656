package io.sightline.tests.boards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sightline.tests.servers.PrometheusServer;
import io.sightline.tests.servers.RequiredServer;
import io.sightline.tests.servers.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twelve cameras, one of which freezes, and a stage that becomes slow: the fleet board tells which, by its own expressions, and accuses
 * nobody else. {@code docs/rehearsal.md} tells it with the pictures, which {@code -Dboards.pictures=true} draws anew.
 */
@Timeout(value = 400, unit = TimeUnit.SECONDS)
class RehearsalIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration SLOW_BY = Duration.ofMillis(45);
    private static final int RATE_SECONDS = 10;
    /** So long it is watched before and after. */
    private static final int SCRAPES = 40;

    private static final Board FLEET = FleetBoard.board();

    @TempDir
    Path folder;

    @Test
    void fleetBoardTellsTheFrozenCameraAndTheSlowStage() throws Exception {
        RequiredServer.PROMETHEUS.require();
        RequiredServer.MATPLOTLIB.require();
        try (Rehearsal system = Rehearsal.start(folder);
                PrometheusServer prometheus = PrometheusServer.start(
                        folder,
                        Map.of("sightline", system.target()),
                        List.of(
                                RuleFiles.PROMETHEUS.resolve("rules.yml"),
                                RuleFiles.PROMETHEUS.resolve("alerts.yml")))) {
            awaitScrapes(prometheus, SCRAPES);
            Waiting.until(
                    "a fleet without trouble",
                    SOON,
                    () -> frozen(prometheus).isEmpty() && slow(prometheus).isEmpty() && streaming(prometheus) == 12,
                    () -> all(prometheus));

            system.slowDown(SLOW_BY);
            Waiting.until(
                    "the frozen camera and the slow stage",
                    SOON,
                    () -> frozen(prometheus).equals(List.of(Rehearsal.FREEZES))
                            && slow(prometheus).equals(List.of("detect")),
                    () -> all(prometheus));
            awaitScrapes(prometheus, SCRAPES * 3);

            assertThat(frozen(prometheus)).containsExactly(Rehearsal.FREEZES);
            assertThat(prometheus.query(asked("Slowest stage", "{{stage}}")))
                    .singleElement()
                    .extracting(one -> one.at("/metric/stage").asText())
                    .isEqualTo("detect");
            assertThat(prometheus.query("ALERTS{alertname=\"CameraFrozen\", alertstate=\"firing\"}"))
                    .extracting(alert -> alert.at("/metric/camera").asText())
                    .containsExactly(Rehearsal.FREEZES);
            draw(prometheus);
        }
    }

    private static void draw(PrometheusServer prometheus) throws Exception {
        Path pictures = Boolean.getBoolean("boards.pictures")
                ? RuleFiles.ROOT.resolve("docs/boards")
                : Path.of("target", "boards").toAbsolutePath();
        BoardPicture drawing = new BoardPicture(prometheus, Duration.ofSeconds(SCRAPES * 3), pictures);
        for (Board board : Boards.all()) {
            if (!board.name().equals("gpu")) {
                List<String> said = drawing.draw(board, board.name().equals("camera") ? "dock|gate|lobby" : ".*");

                assertThat(said).as(board.fileName()).isEmpty();
                assertThat(pictures.resolve(board.fileName().replace(".json", ".png")))
                        .isNotEmptyFile();
            }
        }
    }

    private static void awaitScrapes(PrometheusServer prometheus, int scrapes) {
        Waiting.until(
                scrapes + " scrapes",
                Duration.ofSeconds(scrapes * 2L + 30),
                () -> !prometheus.query("sum_over_time(up[10m]) >= " + scrapes).isEmpty(),
                prometheus::targets);
    }

    /** The cameras of which the table says so. */
    private static List<String> frozen(PrometheusServer prometheus) {
        return Expressions.labelsAt(
                prometheus.query(asked("Cameras", "Trouble")), "camera", Words.TROUBLE.number("frozen"));
    }

    /** The stages whose wait is red in the table. */
    private static List<String> slow(PrometheusServer prometheus) {
        List<String> slow = new ArrayList<>();
        for (JsonNode stage : prometheus.query(asked("Stages", "Wait, p95"))) {
            if (stage.at("/value/1").asDouble() >= FleetBoard.WAIT.second()) {
                slow.add(stage.at("/metric/stage").asText());
            }
        }
        return slow;
    }

    private static long streaming(PrometheusServer prometheus) {
        return prometheus
                .query(asked("Cameras streaming", "streaming"))
                .at("/0/value/1")
                .asLong();
    }

    private static String all(PrometheusServer prometheus) {
        return prometheus.query(asked("Cameras", "Trouble")) + "\n" + prometheus.query(asked("Stages", "Wait, p95"));
    }

    /** An expression of the fleet board, by its panel and its legend or heading. */
    private static String asked(String panel, String legend) {
        return FLEET.panels().stream()
                .filter(one -> one.title().equals(panel))
                .flatMap(one -> one.queries().stream())
                .filter(query -> query.legend().equals(legend))
                .map(query -> Expressions.filledIn(query.expression(), RATE_SECONDS))
                .findFirst()
                .orElseThrow();
    }
}
