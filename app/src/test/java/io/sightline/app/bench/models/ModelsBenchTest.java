package io.sightline.app.bench.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.app.cli.SightlineCommand;
import io.sightline.inference.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelsBenchTest {
    /** Relu of [n, 3, 4, 4], opset 13: {@code onnx.helper.make_model} of one node. */
    private static final String RELU =
            "080712003a550a100a05696e707574120179220452656c751201675a200a05696e70757412170a15080112110a0312016e0a0208030a0208040a020804621c0a017912170a15080112110a0312016e0a0208030a0208040a02080442040a00100d";

    @TempDir
    Path folder;

    @Test
    void everyNetworkIsTimedInEveryRoundForEachNumberOfThreads() throws IOException {
        Files.write(folder.resolve("b.onnx"), HexFormat.of().parseHex(RELU));
        Files.write(folder.resolve("a.onnx"), HexFormat.of().parseHex(RELU));
        Files.writeString(folder.resolve("README.md"), "beside them");
        AtomicLong now = new AtomicLong();
        ModelsBench bench = new ModelsBench(List.of(1, 2), 5, () -> now.getAndAdd(75_000_000), folder.resolve("work"));

        List<ModelFigures> figures = bench.run(ModelsBench.read(folder, Optional.empty()));

        assertThat(figures).extracting(ModelFigures::name).containsExactly("a", "b");
        // the ticker moves on 75 ms with each look: one run a round, and that is its time
        assertThat(figures)
                .allSatisfy(network ->
                        assertThat(network.times()).containsExactly(new Spread(75, 75, 75), new Spread(75, 75, 75)));
        assertThat(figures.get(0).costs().featureMapBytes()).isEqualTo(2L * 4 * 48);
        assertThat(figures.get(0).picture()).isEqualTo("4x4");
    }

    @Test
    void folderWithoutNetworksIsRefused() {
        assertThatThrownBy(() -> ModelsBench.read(folder, Optional.empty()))
                .isInstanceOf(ModelException.class)
                .hasMessage(folder + " holds no file that ends in .onnx: name a folder that does");
        assertThatThrownBy(() -> ModelsBench.read(folder.resolve("none"), Optional.empty()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("name a folder of ONNX files");
    }

    @Test
    void commandPrintsJsonOfTheFolder() throws IOException {
        Files.write(folder.resolve("relu.onnx"), HexFormat.of().parseHex(RELU));

        Ended ended = sightline("--rounds", "1", "--json");

        assertThat(ended.code()).as(ended.errors()).isZero();
        JsonNode tree = new ObjectMapper().readTree(ended.output());
        assertThat(tree.at("/networks/0/name").asText()).isEqualTo("relu");
        assertThat(tree.at("/networks/0/times/0/median_ms").asDouble()).isPositive();
        assertThat(tree.at("/networks/0/feature_map_bytes").asLong()).isEqualTo(2L * 4 * 48);
    }

    @Test
    void commandPrintsMarkdownAndSaysWhatItCannotRead() throws IOException {
        Files.write(folder.resolve("relu.onnx"), HexFormat.of().parseHex(RELU));

        assertThat(sightline("--rounds", "1").output()).contains("| relu | 4x4 | 0.00 | 0.0 | 0.00 | 0.00 | ");

        Files.writeString(folder.resolve("text.onnx"), "hello");
        Ended refused = sightline("--rounds", "1");
        assertThat(refused.code()).isEqualTo(SightlineCommand.MISUSED);
        assertThat(refused.errors()).contains("text.onnx is no ONNX model");
        assertThat(sightline("--size", "640").code()).isEqualTo(SightlineCommand.MISUSED);
        assertThat(sightline("--size", "640").errors()).contains("'640' is no size: say WIDTHxHEIGHT");
    }

    private record Ended(int code, String output, String errors) {}

    private Ended sightline(String... options) {
        List<String> all = new ArrayList<>(List.of("bench", "models", "--dir", folder.toString()));
        all.addAll(List.of("--home", folder.resolve("home").toString()));
        all.addAll(List.of(options));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            return new Ended(
                    SightlineCommand.run(all.toArray(String[]::new)),
                    said.toString(StandardCharsets.UTF_8),
                    complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
