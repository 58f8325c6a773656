package io.sightline.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    private enum Pace {
        LIVE,
        AS_FAST_AS_POSSIBLE
    }

    /** What a stage would read. */
    private record DetectLike(double minScore, int threads, Duration maxAge, boolean tracks, Pace pace) {
        static DetectLike read(Section section) {
            return new DetectLike(
                    section.decimal("min-score", 0.5, 0, 1),
                    section.integer("threads", 2, 1, 64),
                    section.millis("max-age-ms", Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(1)),
                    section.flag("tracks", true),
                    section.choice("pace", Pace.LIVE, Pace.class));
        }
    }

    @TempDir
    private Path folder;

    @Test
    void absentSettingsReadAsTheirDefaults() {
        Settings settings = Settings.load(Optional.empty(), Map.of(), Map.of());

        DetectLike read = DetectLike.read(settings.section("detect"));

        settings.finish();
        assertThat(read).isEqualTo(new DetectLike(0.5, 2, Duration.ofSeconds(1), true, Pace.LIVE));
    }

    @Test
    void variablesBeatTheFileAndFlagsBeatVariables() throws IOException {
        Path file = write("""
                detect:
                  min-score: 0.6
                  threads: 3
                  max-age-ms: 250
                  pace: as-fast-as-possible
                """);
        Settings settings = Settings.load(
                Optional.of(file),
                Map.of("SIGHTLINE_DETECT_THREADS", "4", "SIGHTLINE_DETECT_MIN_SCORE", "0.7", "PATH", "/bin"),
                Map.of("detect.min-score", "0.8"));

        DetectLike read = DetectLike.read(settings.section("detect"));

        settings.finish();
        assertThat(read).isEqualTo(new DetectLike(0.8, 4, Duration.ofMillis(250), true, Pace.AS_FAST_AS_POSSIBLE));
    }

    @Test
    void allMistakesAreToldAtOnceWithTheirLines() throws IOException {
        Path file = write("""
                # a comment
                detect:
                  min-scroe: 0.6
                  threads: 900
                  max-age-ms: 10s
                  tracks: perhaps
                  pace: lve
                detekt:
                  threads: 1
                """);
        Settings settings = Settings.load(
                Optional.of(file),
                Map.of("SIGHTLINE_DETECT_MIN_SCORE", "high", "SIGHTLINE_DETECT_THREDS", "1"),
                Map.of("detect.thread", "7"));

        assertThat(problemsOf(settings))
                .containsExactlyInAnyOrder(
                        file + ":3: detect.min-scroe: there is no such setting: did you mean 'min-score'?",
                        file + ":4: detect.threads: '900' is out of range: from 1 to 64 (default 2)",
                        file
                                + ":5: detect.max-age-ms: '10s' has a unit, but the key says milliseconds: write 10000; a whole"
                                + " number of milliseconds from 0 to 60000 (default 1000)",
                        file + ":6: detect.tracks: 'perhaps' is neither true nor false (default true)",
                        file + ":7: detect.pace: 'lve' is none of live, as-fast-as-possible: did you mean 'live'?"
                                + " (default live)",
                        file + ":8: detekt: there is no such setting: did you mean 'detect'?",
                        "SIGHTLINE_DETECT_MIN_SCORE: detect.min-score: 'high' is not a number: from 0.0 to 1.0 (default 0.5)",
                        "SIGHTLINE_DETECT_THREDS: there is no setting for this variable: did you mean"
                                + " SIGHTLINE_DETECT_THREADS?",
                        "flag: detect.thread: there is no such setting: did you mean 'threads'?");
    }

    @Test
    void theMessageCountsTheMistakes() throws IOException {
        Settings settings =
                Settings.load(Optional.of(write("detect:\n  threads: x\n  tracks: y\n")), Map.of(), Map.of());

        assertThat(failureOf(settings)).hasMessageStartingWith("2 mistakes in the settings:\n  ");
    }

    @Test
    void aKeyWithoutItsUnitIsNamedWithIt() throws IOException {
        Settings settings = Settings.load(Optional.of(write("detect:\n  max-age: 5\n")), Map.of(), Map.of());

        assertThat(problemsOf(settings)).singleElement().asString().endsWith("did you mean 'max-age-ms'?");
    }

    @Test
    void aKeyInTheWrongSectionIsNamedWithItsRightOne() throws IOException {
        Settings settings = Settings.load(Optional.of(write("min-score: 0.5\n")), Map.of(), Map.of());

        assertThat(problemsOf(settings)).singleElement().asString().endsWith("did you mean 'detect.min-score'?");
    }

    @Test
    void aKeyLikeNoOtherIsAnsweredWithWhatTheSectionMayHave() throws IOException {
        Settings settings = Settings.load(Optional.of(write("detect:\n  zoom: 2\n")), Map.of(), Map.of());

        assertThat(problemsOf(settings))
                .singleElement()
                .asString()
                .endsWith("there is no such setting; detect may have max-age-ms, min-score, pace, threads, tracks");
    }

    @Test
    void shapesThatDoNotFitAreTold() throws IOException {
        Path file = write("detect:\n  threads: [1, 2]\n  min-score:\n  tracks: {on: true}\nmatch: 5\n");
        Settings settings = Settings.load(Optional.of(file), Map.of(), Map.of());
        settings.section("match");

        assertThat(problemsOf(settings))
                .containsExactlyInAnyOrder(
                        file + ":2: detect.threads: must be one value, not a list or a section",
                        file + ":3: detect.min-score: has no value: give it one, or leave the key out",
                        file + ":4: detect.tracks: must be one value, not a list or a section",
                        file + ":5: match: must hold settings below it, not a value");
    }

    @Test
    void aKeyWrittenTwiceIsTold() throws IOException {
        Path file = write("detect:\n  threads: 1\n  threads: 2\n");

        assertThat(problemsOf(Settings.load(Optional.of(file), Map.of(), Map.of())))
                .containsExactly(file + ":3: detect.threads: is here twice; first on line 2: keep one");
    }

    @Test
    void brokenYamlIsToldWithItsLine() throws IOException {
        Path file = write("detect:\n  threads: 1\n bad\n");

        assertThat(problemsOf(Settings.load(Optional.of(file), Map.of(), Map.of())))
                .singleElement()
                .asString()
                .contains(":3: is not YAML: ");
    }

    @Test
    void aMissingFileIsToldAtTheEnd() {
        Path file = folder.resolve("none.yaml");

        assertThat(problemsOf(Settings.load(Optional.of(file), Map.of(), Map.of())))
                .containsExactly(
                        file
                                + ": cannot be read (NoSuchFileException): check that it exists, is UTF-8 text and may be read");
    }

    @Test
    void anEmptyFileHasNoMistakes() throws IOException {
        Settings settings = Settings.load(Optional.of(write("# nothing yet\n")), Map.of(), Map.of());

        assertThatCode(settings::finish).doesNotThrowAnyException();
    }

    @Test
    void anchorsThatMultiplyAreRefused() throws IOException {
        Path file = write("a: &a [x]\nb: [*a, *a]\n");

        assertThat(problemsOf(Settings.load(Optional.of(file), Map.of(), Map.of())))
                .singleElement()
                .asString()
                .contains("is not YAML that settings may use");
    }

    @Test
    void listsOfSectionsKnowTheirPlaces() throws IOException {
        Path file = write("""
                cameras:
                  - id: lobby
                    fps: 5
                  - id: gate
                    fsp: 5
                  - fps: 2
                """);
        Settings settings = Settings.ofFile(file, Map.of("SIGHTLINE_FPS", "1"));

        List<Section> cameras = settings.root().sections("cameras");
        List<String> ids =
                cameras.stream().map(camera -> camera.requiredText("id")).toList();
        List<Integer> rates =
                cameras.stream().map(camera -> camera.integer("fps", 15, 1, 60)).toList();

        assertThat(ids).containsExactly("lobby", "gate", "");
        assertThat(rates).containsExactly(5, 15, 2);
        assertThat(catchThrowableOfType(SettingsException.class, settings::finish).problems().stream()
                        .map(SettingsProblem::toString))
                .containsExactlyInAnyOrder(
                        file + ":5: cameras[1].fsp: there is no such setting: did you mean 'fps'?",
                        file + ":6: cameras[2].id: is missing");
    }

    @Test
    void textsComeAsAListOrSeparatedByCommas() throws IOException {
        Path file = write("a: [x, y]\nb: p, q\n");
        Settings settings = Settings.load(Optional.of(file), Map.of("SIGHTLINE_C", "m,n"), Map.of());
        Section root = settings.root();

        assertThat(root.texts("a", List.of())).containsExactly("x", "y");
        assertThat(root.texts("b", List.of())).containsExactly("p", "q");
        assertThat(root.texts("c", List.of())).containsExactly("m", "n");
        assertThat(root.texts("d", List.of("z"))).containsExactly("z");
        settings.finish();
    }

    @Test
    void aStageReportsContradictionsAtTheKeysLine() throws IOException {
        Path file = write("detect:\n  threads: 3\n");
        Settings settings = Settings.load(Optional.of(file), Map.of(), Map.of());
        Section section = settings.section("detect");
        section.integer("threads", 1, 1, 4);
        section.problem("threads", "is more than the model allows");

        assertThat(problemsOf(settings)).containsExactly(file + ":2: detect.threads: is more than the model allows");
    }

    @Test
    void variablesOfTheLauncherOfKubernetesAndOfSecretsAreNoSettings() {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(
                        "SIGHTLINE_HOME", "/h",
                        "SIGHTLINE_JAVA_OPTS", "-Xmx1g",
                        "SIGHTLINE_DETECT_SERVICE_HOST", "10.0.0.1",
                        "SIGHTLINE_DETECT_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "SIGHTLINE_SECRET_GATE", "x"),
                Map.of());

        assertThatCode(settings::finish).doesNotThrowAnyException();
    }

    @Test
    void aDecimalThatIsNoNumberAtAllIsRefused() {
        Settings settings = Settings.load(Optional.empty(), Map.of(), Map.of("detect.min-score", "NaN"));

        assertThat(problemsOf(settings)).singleElement().asString().contains("'NaN' is out of range");
    }

    private List<String> problemsOf(Settings settings) {
        return failureOf(settings).problems().stream()
                .map(SettingsProblem::toString)
                .toList();
    }

    private static SettingsException failureOf(Settings settings) {
        DetectLike.read(settings.section("detect"));
        return catchThrowableOfType(SettingsException.class, settings::finish);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("sightline.yaml"), yaml);
    }
}
