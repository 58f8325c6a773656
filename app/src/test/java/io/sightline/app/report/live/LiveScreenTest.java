package io.sightline.app.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.report.CameraSnapshot;
import io.sightline.app.report.FaceNow;
import io.sightline.app.report.Percentiles;
import io.sightline.app.report.RunFixtures;
import io.sightline.app.report.RunSnapshot;
import io.sightline.app.report.SightingLine;
import io.sightline.app.report.text.Columns;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
    @Test
    void tableShowsStateRatesAndWhoIsInView() {
        List<String> lines = plain(run(List.of(studio(), refused())), new ScreenSize(120, 30));

        assertThat(lines)
                .containsExactly(
                        " Sightline  00:32   15.0 fps   latency p50 31 p95 74 p99 120 ms   484 frames   4 shed",
                        "",
                        " CAMERA   STATE          FPS  FRAMES  NAMED UNKNOWN  LOW-Q NO FACE  SHED   P50   P95  IN VIEW",
                        " studio   streaming     15.0     484    300      12     40     128     4    30    70  张伟 0.81, unknown 0.12",
                        " gate     reconnecting   0.0       0      0       0      0       0     0     –     –  ",
                        "          refused: connection refused by 10.0.0.9:554; is the camera on?",
                        "",
                        " LATEST SIGHTINGS",
                        " ● 00:15–00:20  lobby     unknown 01234567             87 frames  -0.03",
                        "   00:00–00:14  lobby     张伟                        219 frames  0.84");
    }

    @Test
    void noLineIsWiderAndNothingIsHigherThanTheScreen() {
        List<CameraSnapshot> cameras = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            cameras.add(i % 2 == 0 ? studio() : refused());
        }
        for (int columns = 40; columns <= 200; columns += 7) {
            int limit = columns;
            for (int rows = 6; rows <= 60; rows += 9) {
                List<String> lines = plain(run(cameras), new ScreenSize(columns, rows));

                assertThat(lines).as("%d by %d", columns, rows).hasSizeLessThan(rows);
                assertThat(lines.stream().mapToInt(Columns::width).max()).matches(widest -> widest.orElse(0) <= limit);
            }
        }
    }

    @Test
    void camerasWithoutRoomAreCounted() {
        List<CameraSnapshot> cameras = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            cameras.add(studio());
        }

        List<String> lines = plain(run(cameras), new ScreenSize(100, 20));

        assertThat(lines).contains(" … and 19 more cameras");
        assertThat(lines).contains(" LATEST SIGHTINGS");
    }

    @Test
    void narrowScreenKeepsTheTellingColumns() {
        List<String> lines = plain(run(List.of(studio())), new ScreenSize(70, 30));

        assertThat(lines.get(2)).contains("FPS", "NAMED", "UNKNOWN").doesNotContain("P50", "NO FACE");
    }

    @Test
    void rejectedFramesGetTheirColumnOnlyWhereThereAreSome() {
        CameraSnapshot rejecting = camera("studio", Map.of(Outcome.REJECTED, 3L), List.of());

        assertThat(plain(run(List.of(studio())), new ScreenSize(120, 30)).get(2))
                .doesNotContain("REJECTED");
        assertThat(plain(run(List.of(rejecting)), new ScreenSize(120, 30)).get(2))
                .contains("REJECTED");
    }

    @Test
    void namesAndCausesCannotCarryControlCharacters() {
        CameraSnapshot hostile = new CameraSnapshot(
                new CameraId("studio"),
                "reconnecting\u001B[0m",
                Optional.of("refused"),
                Optional.of("evil\u001B]0;title\u0007\nline"),
                Map.of(),
                0,
                0,
                Optional.empty(),
                List.of(new FaceNow("Eve\u001B[2J\r\nAda", Outcome.IDENTIFIED, OptionalDouble.of(0.5))));

        List<String> lines = plain(run(List.of(hostile)), new ScreenSize(120, 30));

        assertThat(String.join("", lines))
                .doesNotContain("\u001B", "\u0007", "\n", "\r")
                .contains("Eve[2J Ada");
    }

    @Test
    void colourAddsNothingButStyles() {
        List<StyledLine> lines = LiveScreen.render(run(List.of(studio(), refused())), new ScreenSize(120, 30));

        assertThat(lines.stream().map(line -> line.ansi().replaceAll("\u001B\\[[0-9;]*m", "")))
                .isEqualTo(lines.stream().map(StyledLine::plain).toList());
        assertThat(lines.get(3).ansi()).contains("\u001B[32m张伟\u001B[0m");
    }

    private static List<String> plain(RunSnapshot run, ScreenSize size) {
        return LiveScreen.render(run, size).stream().map(StyledLine::plain).toList();
    }

    private static RunSnapshot run(List<CameraSnapshot> cameras) {
        SightingLine first = RunFixtures.line(Optional.of("张伟"), 0.2, 14.8, 0.84);
        SightingLine second = RunFixtures.line(Optional.empty(), 15, 20.8, -0.03);
        SightingLine open = new SightingLine(
                second.sightingId(),
                second.camera(),
                second.person(),
                second.unknownId(),
                second.fromS(),
                second.toS(),
                second.frames(),
                second.similarity(),
                true);
        return new RunSnapshot(
                Duration.ofMillis(32_900),
                cameras,
                List.of(first, open),
                List.of(),
                Optional.of(new Percentiles(480, 31, 74, 120)),
                Optional.empty(),
                0);
    }

    private static CameraSnapshot studio() {
        return camera(
                "studio",
                Map.of(
                        Outcome.IDENTIFIED, 300L,
                        Outcome.UNKNOWN, 12L,
                        Outcome.LOW_QUALITY, 40L,
                        Outcome.NO_FACE, 128L,
                        Outcome.SHED, 4L),
                List.of(
                        new FaceNow("张伟", Outcome.IDENTIFIED, OptionalDouble.of(0.81)),
                        new FaceNow("unknown", Outcome.UNKNOWN, OptionalDouble.of(0.12))));
    }

    private static CameraSnapshot camera(String id, Map<Outcome, Long> outcomes, List<FaceNow> inView) {
        return new CameraSnapshot(
                new CameraId(id),
                "streaming",
                Optional.empty(),
                Optional.empty(),
                outcomes,
                0,
                15,
                Optional.of(new Percentiles(60, 30, 70, 110)),
                inView);
    }

    private static CameraSnapshot refused() {
        return new CameraSnapshot(
                new CameraId("gate"),
                "reconnecting",
                Optional.of("refused"),
                Optional.of("connection refused by 10.0.0.9:554; is the camera on?"),
                Map.of(),
                0,
                0,
                Optional.empty(),
                List.of());
    }
}
