package io.sightline.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.app.cli.SightlineCommand;
import io.sightline.app.demo.DemoPlan;
import io.sightline.app.demo.DemoStills;
import io.sightline.tests.servers.TestClips;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user types them, in an empty home folder: what they leave, say and exit with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineIT {
    private static final List<String> OUTCOMES =
            List.of("identified", "unknown", "no_face", "low_quality", "shed", "rejected");

    @TempDir
    static Path folder;

    @BeforeAll
    void findModels() {
        System.setProperty(
                "sightline.root", Path.of("..").toAbsolutePath().normalize().toString());
    }

    @Test
    void fileIsPlayedOnceAndItsEndEndsTheRunWithAReport() throws Exception {
        Path people = folder.resolve("people");
        for (DemoStills.Still still :
                DemoStills.take(TestClips.demoFile(), DemoPlan.standard().people(), Clock.systemUTC())) {
            Path own = Files.createDirectories(people.resolve(still.name() + " 王芳 🙂"));
            Files.write(own.resolve("1.jpg"), still.picture().bytes());
        }
        Files.writeString(people.resolve("Nobody.jpg"), "this is no picture");
        Path report = folder.resolve("report.json");

        Ended ended = sightline(
                "run",
                "--camera",
                "lobby=" + TestClips.patternFile(3),
                "--people",
                people.toString(),
                "--until-end",
                "--report",
                report.toString());

        assertThat(ended.code()).as(ended.errors()).isZero();
        assertThat(ended.errors()).contains("Nobody.jpg: refused");
        JsonNode lobby = new ObjectMapper().readTree(report.toFile()).at("/cameras/lobby");
        assertThat(lobby.at("/captured").asLong()).isEqualTo(75);
        assertThat(lobby.at("/unaccounted").asLong()).isZero();
        long sum = 0;
        for (String outcome : OUTCOMES) {
            assertThat(lobby.at("/outcomes").has(outcome)).as(outcome).isTrue();
            sum += lobby.at("/outcomes").path(outcome).asLong();
        }
        assertThat(sum).isEqualTo(75);

        Ended listed = sightline("gallery", "list");
        assertThat(listed.output()).contains("Presenter 王芳 🙂").contains("2 people");
        Ended removed = sightline("gallery", "remove", "Presenter 王芳 🙂");
        assertThat(removed.output()).contains("templates_erased 1");
        assertThat(sightline("gallery", "show", "Presenter 王芳 🙂").code()).isEqualTo(SightlineCommand.MISUSED);
    }

    @Test
    void unknownSettingsAndWrongUnitsAreSaidTogetherWithWhatIsAllowed() {
        Ended ended = sightline(
                "run", "--camera", "a=x.mp4", "--set", "detect.min-scor=0.5", "--set", "ingest.open-timeout-ms=5s");

        assertThat(ended.code()).isEqualTo(SightlineCommand.MISUSED);
        assertThat(ended.errors())
                .contains("detect.min-scor")
                .contains("did you mean 'min-score'?")
                .contains("ingest.open-timeout-ms")
                .contains("'5s' has a unit, but the key says milliseconds: write 5000");
    }

    @Test
    void durationWithoutAUnitIsRefused() {
        Ended ended = sightline("demo", "--for", "45");

        assertThat(ended.code()).isEqualTo(SightlineCommand.MISUSED);
        assertThat(ended.errors()).contains("'45' is no duration").contains("45s");
    }

    @Test
    void runWithoutACameraSaysHowToNameOne() {
        Ended ended = sightline("run");

        assertThat(ended.code()).isEqualTo(SightlineCommand.MISUSED);
        assertThat(ended.errors()).contains("--camera ID=ADDRESS");
    }

    @Test
    void reportThatCouldNotBeWrittenIsSaidBeforeTheRun() {
        Ended ended = sightline(
                "run",
                "--camera",
                "a=x.mp4",
                "--report",
                folder.resolve("no/such/report.json").toString());

        assertThat(ended.code()).isEqualTo(SightlineCommand.MISUSED);
        assertThat(ended.errors()).contains("--report").contains("cannot be written");
    }

    @Test
    void roleWithoutKafkaSaysHowToNameIt() {
        Ended ended = sightline("detect");

        assertThat(ended.code()).isEqualTo(SightlineCommand.MISUSED);
        assertThat(ended.errors()).contains("--kafka HOST:PORT");
    }

    /** What detect needs is a Kafka; match needs a Redis too, ingest cameras, and detect knows no cameras. */
    @Test
    void roleStartedWithAnotherRolesSettingsSaysWhatIsMissingOrTooMuch() throws Exception {
        Path detects = Files.writeString(
                folder.resolve("detect.yaml"), "kafka:\n  bootstrap-servers: 127.0.0.1:1\ndetect:\n  min-score: 0.5\n");

        Ended match = sightline("match", "--config", detects.toString());
        Ended ingest = sightline("ingest", "--config", detects.toString());
        Ended detect = sightline("detect", "--config", detects.toString(), "--camera", "gate=x.mp4");

        assertThat(List.of(match.code(), ingest.code(), detect.code())).containsOnly(SightlineCommand.MISUSED);
        assertThat(match.errors()).contains("no Redis: name it with --redis");
        assertThat(ingest.errors()).contains("no camera: add --camera");
        assertThat(detect.errors()).contains("--camera").contains("detect");
    }

    @Test
    void topicsOfABrokerThatIsNotThereFailWithItsAddress() {
        Ended ended = sightline("tail", "sightings", "--kafka", "127.0.0.1:1", "--for", "1s");

        assertThat(ended.code()).isNotZero();
        assertThat(ended.errors()).containsIgnoringCase("kafka");
    }

    @Test
    void doctorLooksAtEachCameraAndSaysWhyOneCannotBeSeen() {
        Ended ended = sightline(
                "doctor",
                "--camera",
                "file=" + TestClips.patternFile(3),
                "--camera",
                "gone=rtsp://viewer:canary@127.0.0.1:1/x");

        assertThat(ended.code()).isEqualTo(SightlineCommand.FAILED);
        assertThat(ended.output())
                .containsPattern("OK +camera file +.*h264, 640x360")
                .containsPattern("FAILED +camera gone +refused: ")
                .doesNotContain("canary");
        assertThat(ended.errors()).doesNotContain("canary");
    }

    @Test
    void modelsListNamesOriginAndLicence() {
        Ended ended = sightline("models", "list");

        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .contains("retinaface@0.0.6")
                .contains("licence")
                .contains("sha256");
    }

    private record Ended(int code, String output, String errors) {}

    private static Ended sightline(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--home");
        all.add(folder.resolve("home").toString());
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int code = SightlineCommand.run(all.toArray(String[]::new));
            return new Ended(code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
