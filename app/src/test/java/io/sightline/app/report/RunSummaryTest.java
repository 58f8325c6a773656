package io.sightline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
    @Test
    void summaryTellsFramesRatesLatencyAndWhoWasSeen() {
        List<String> lines = RunSummary.lines(
                "Sightline demo", Duration.ofMillis(45_012), RunFixtures.report(), Duration.ofSeconds(5));

        assertThat(lines)
                .containsExactly(
                        "Sightline demo: 45 s, 2 cameras, 675 frames",
                        "",
                        "frames by outcome          lobby      gate  total",
                        "  identified                 510         0  510  (75.6 %)",
                        "  unknown                     31         0  31  (4.6 %)",
                        "  low quality                121         0  121  (17.9 %)",
                        "  no face                      8         0  8  (1.2 %)",
                        "  shed                         4         0  4  (0.6 %)",
                        "  rejected                     1         0  1  (0.1 %)",
                        "captured                     675         0  675",
                        "unaccounted                    0         0  0",
                        "frames per second           15.0       0.0  15.0",
                        "capture to identity    p50 38 ms, p95 112 ms, p99 188 ms",
                        "  after 5 s            p50 36 ms, p95 90 ms, p99 120 ms",
                        "",
                        "who was seen when",
                        "  lobby          0.2 –   14.8 s  Zoë 张伟                      219 frames  0.84",
                        "  lobby         15.0 –   20.8 s  unknown 01234567               87 frames  -0.03");
    }

    @Test
    void runWithoutFramesSaysSo() {
        Report nothing = new Report(
                Map.of(RunFixtures.LOBBY, new CameraReport(0, Map.of(), 0)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                RunFixtures.report().models());

        List<String> lines = RunSummary.lines("Sightline", Duration.ofSeconds(3), nothing, Duration.ofSeconds(5));

        assertThat(lines)
                .startsWith("Sightline: 3 s, 1 camera, 0 frames")
                .contains("capture to identity    not measured: no frame was looked at", "nobody was seen");
    }

    @Test
    void namesCannotCarryControlCharacters() {
        Report report = RunFixtures.report();
        Report hostile = new Report(
                report.cameras(),
                report.latency(),
                report.steadyLatency(),
                List.of(RunFixtures.line(Optional.of("Eve\u001B[2J\nroot"), 0, 1, 0.5)),
                report.models());

        assertThat(String.join("|", RunSummary.lines("t", Duration.ZERO, hostile, Duration.ZERO)))
                .doesNotContain("\u001B", "\n")
                .contains("Eve[2J root");
    }
}
