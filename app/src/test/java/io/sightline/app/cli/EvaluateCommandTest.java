package io.sightline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.app.evaluate.TinyFaces;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a user types it, with a network in a file of its own. */
class EvaluateCommandTest {
    @TempDir
    Path folder;

    private Path network = Path.of("");

    @BeforeEach
    void writeNetwork() throws Exception {
        network = TinyFaces.write(folder, TinyFaces.network(112, 12), TinyFaces.CARD);
        TinyFaces.lfw(folder.resolve("data"), TinyFaces.LFW_PAIRS, TinyFaces.lfwPictures());
    }

    @Test
    void modelFileIsMeasuredAndDrawn() throws Exception {
        Path plots = folder.resolve("plots");

        Ended ended = evaluate("--only", "openset,threshold", "--json", "--plots", plots.toString());

        assertThat(ended.code()).as(ended.errors()).isZero();
        JsonNode json = new ObjectMapper().readTree(ended.output());
        assertThat(json.at("/embedder").asText()).isEqualTo(network.toString());
        assertThat(json.at("/openset/rank_one/rate").asDouble()).isEqualTo(1);
        assertThat(json.at("/threshold/pictures").asInt()).isEqualTo(7);
        assertThat(json.at("/unusable_pictures").isEmpty()).isTrue();
        assertThat(plots.resolve("open-set.png")).exists();
        assertThat(plots.resolve("scores.png")).exists();
    }

    @Test
    void linesForPeopleNameWhatCouldNotBeUsed() throws Exception {
        var pictures = TinyFaces.lfwPictures();
        pictures.put("Ada_0003", TinyFaces.noPicture());
        TinyFaces.lfw(folder.resolve("data"), TinyFaces.LFW_PAIRS, pictures);

        Ended ended = evaluate("--only", "openset");

        assertThat(ended.code()).as(ended.errors()).isZero();
        assertThat(ended.output())
                .contains("openset: open-set identification")
                .contains("gallery: 2 people, one picture each (their first); mated searches: their 2 other pictures")
                .contains("1 pictures could not be used:")
                .contains("tiny.zip!Ada_0003: the file is no JPEG, PNG or WebP picture");
    }

    @Test
    void folderWithoutPairsEndsWithASentence() throws Exception {
        Path people = Files.createDirectories(folder.resolve("people/Ada"));
        Files.write(people.resolve("1.png"), TinyFaces.picture(0, 1));

        Ended ended = run("--data", folder.resolve("people").toString(), "--embedder", network.toString());

        assertThat(ended.code()).isEqualTo(SightlineCommand.MISUSED);
        assertThat(ended.errors()).contains("holds 1 pictures, but no two of one person: nothing to compare");
    }

    @Test
    void cardThatDisagreesWithItsFileEndsWithASentence() throws Exception {
        Files.write(network, TinyFaces.network(112, 11).toByteArray());

        Ended ended = evaluate("--only", "openset");

        assertThat(ended.code()).isEqualTo(SightlineCommand.MISUSED);
        assertThat(ended.errors()).contains("do not belong together; correct the card");
    }

    @Test
    void wrongOptionsAreSaid() {
        assertThat(evaluate("--only", "faces").errors()).contains("LFW").contains("THRESHOLD");
        assertThat(evaluate("--detector-input", "640").errors()).contains("say width x height, such as 640x384");
        assertThat(evaluate("--detector-input", "640x3").errors()).contains("detect.input-height-px");
        assertThat(evaluate("--threads", "0").errors()).contains("--threads is 0: one is the least");
        assertThat(evaluate("--only", "groups").errors()).contains("holds no faces/index.csv");
    }

    private Ended evaluate(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--data", folder.resolve("data").toString(), "--embedder", network.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Ended run(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("models", "evaluate", "--home", folder.resolve("home").toString()));
        all.addAll(List.of(arguments));
        StringWriter errors = new StringWriter();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            CommandLine commandLine = SightlineCommand.commandLine().setErr(new PrintWriter(errors, true));
            int code = commandLine.execute(all.toArray(String[]::new));
            return new Ended(code, output.toString(StandardCharsets.UTF_8), errors.toString());
        } finally {
            System.setOut(console);
        }
    }

    private record Ended(int code, String output, String errors) {}
}
