package io.sightline.inference.onnx;

import static io.sightline.inference.onnx.TinyGraphs.DOUBLE;
import static io.sightline.inference.onnx.TinyGraphs.FLOAT;
import static io.sightline.inference.onnx.TinyGraphs.node;
import static io.sightline.inference.onnx.TinyGraphs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.sightline.inference.ModelException;
import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.OperatorSet;
import io.sightline.inference.onnx.format.OnnxFormat.Tensor;
import io.sightline.inference.onnx.format.OnnxFormat.ValueInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files without a card: what is counted of them, and which are refused. */
final class NetworkFileTest {
    private static final Optional<PictureSize> OWN = Optional.empty();

    @TempDir
    Path folder;

    @Test
    void costsAreThoseOfTheGraphWhateverTheRuntimeMakesOfIt() {
        NetworkFile network = NetworkFile.read(written(TinyGraphs.embedder()), OWN);

        NetworkCosts costs = NetworkCosts.of(network, folder.resolve("work"));

        // PRelu gives 48 values and the product 2; Flatten is a view
        assertThat(costs).isEqualTo(new NetworkCosts(3 + 96, 96, 2L * 4 * (48 + 2), false));
        assertThat(network.name()).isEqualTo("tiny");
        assertThat(network.picture()).hasToString("4x4");
    }

    @Test
    void convolutionsCountEveryProductOfEveryPlace() {
        NetworkFile network = NetworkFile.read(written(TinyGraphs.detector()), OWN);

        NetworkCosts costs = NetworkCosts.of(network, folder.resolve("work"));

        int channels = 4 + 8 + 20;
        assertThat(costs.parameters()).isEqualTo(3L * channels * 8 * 8);
        assertThat(costs.multiplyAdds()).isEqualTo(4L * 4 * channels * 3 * 8 * 8);
        assertThat(costs.featureMapBytes()).isEqualTo(2L * 4 * channels * 4 * 4);
    }

    @Test
    void valuesThatBecomeIntegersCountOneByteAndScalesAreNoParameters() {
        Tensor zero = Tensor.newBuilder()
                .setName("zero")
                .setDataType(2)
                .setRawData(ByteString.copyFrom(new byte[] {0}))
                .build();
        Graph.Builder graph = Graph.newBuilder()
                .addInitializer(TinyGraphs.floats("scale", new float[] {0.1f}))
                .addInitializer(zero)
                .addInitializer(TinyGraphs.floats("matrix", new float[96], 48, 2))
                .addNode(node("Flatten", "flat", "input"))
                .addNode(node("MatMul", "product", "flat", "matrix"))
                .addNode(node("Relu", "rectified", "product"))
                .addNode(node("QuantizeLinear", "whole", "rectified", "scale", "zero"))
                .addNode(node("DequantizeLinear", "output", "whole", "scale", "zero"));
        Model model = TinyGraphs.model(graph, value("input", FLOAT, 1, 3, 4, 4), value("output", FLOAT, 1, 2));

        NetworkCosts costs = NetworkCosts.of(NetworkFile.read(written(model), OWN), folder.resolve("work"));

        assertThat(costs).isEqualTo(new NetworkCosts(96, 96, 2L * (2 + 2), true));
    }

    @Test
    void networkRunsWithItsPReluWrittenOutAndLeavesNoFileBehind() throws IOException {
        NetworkFile network = NetworkFile.read(written(TinyGraphs.embedder()), OWN);
        Path work = folder.resolve("work");

        try (NetworkRun run = NetworkRun.open(network, 1, work)) {
            run.run();
        }

        try (var files = Files.list(work)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".onnx"));
        }
    }

    @Test
    void sizeThatIsLeftFreeMustBeSaid() {
        Path file = written(TinyGraphs.detector().toBuilder()
                .setGraph(TinyGraphs.detector().getGraph().toBuilder().setInput(0, freeInput()))
                .build());

        assertThatThrownBy(() -> NetworkFile.read(file, OWN))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + ": input 'input' has shape [n, 3, rows, free], which leaves the picture's size free:"
                        + " say --size WIDTHxHEIGHT");
        NetworkFile network = NetworkFile.read(file, Optional.of(new PictureSize(64, 32)));
        assertThat(NetworkCosts.of(network, folder.resolve("work")).multiplyAdds())
                .isEqualTo(32L * 8 * 4 * 3 * 8 * 8);
    }

    @Test
    void fileThatIsNoModelIsRefused() throws IOException {
        Path text = Files.write(folder.resolve("text.onnx"), "hello".getBytes(StandardCharsets.UTF_8));
        Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
        Path cut = Files.write(
                folder.resolve("cut.onnx"), half(TinyGraphs.detector().toByteArray()));

        for (Path file : new Path[] {text, empty, cut}) {
            assertThatThrownBy(() -> NetworkFile.read(file, OWN))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith(file + " is no ONNX model: ")
                    .hasMessageEndingWith("leave only networks in the folder");
        }
    }

    @Test
    void opsetThatIsNotCountedIsRefused() {
        Path file = written(TinyGraphs.embedder().toBuilder()
                .setOpsetImport(0, OperatorSet.newBuilder().setVersion(99))
                .build());

        assertThatThrownBy(() -> NetworkFile.read(file, OWN))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        file + " has opset 99, but 7 to 23 can be counted: export it again, with opset 13 for example");
    }

    @Test
    void inputThatIsNoPictureOfFloatsIsRefused() {
        Graph.Builder two = TinyGraphs.embedder().getGraph().toBuilder().addInput(value("mask", FLOAT, 1));
        Path several = written(TinyGraphs.embedder().toBuilder().setGraph(two).build());

        assertThatThrownBy(() -> NetworkFile.read(several, OWN))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has the inputs [input, mask], but one picture is what is timed");

        Graph.Builder doubles =
                TinyGraphs.embedder().getGraph().toBuilder().setInput(0, value("input", DOUBLE, 1, 3, 4, 4));
        Path wide = written(TinyGraphs.embedder().toBuilder().setGraph(doubles).build());

        assertThatThrownBy(() -> NetworkFile.read(wide, OWN))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("but one of 32-bit floats, [n, channels, height, width]");
    }

    @Test
    void operatorThatTheRuntimeDoesNotKnowIsRefusedWithTheFilesName() {
        Graph.Builder graph = Graph.newBuilder().addNode(node("Dream", "output", "input"));
        Path file = written(TinyGraphs.model(graph, value("input", FLOAT, 1, 3, 4, 4), value("output", FLOAT, 1, 2)));

        assertThatThrownBy(() -> NetworkCosts.of(NetworkFile.read(file, OWN), folder.resolve("work")))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("ONNX Runtime refuses " + file + ": ");
    }

    private Path written(Model model) {
        try {
            return Files.write(folder.resolve("tiny.onnx"), model.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ValueInfo freeInput() {
        ValueInfo.Builder input = value("input", FLOAT, 1, 3, 32, 32).toBuilder();
        var shape = input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        shape.getDimBuilder(0).clear().setDimParam("n");
        shape.getDimBuilder(2).clear().setDimParam("rows");
        shape.getDimBuilder(3).clear();
        return input.build();
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }
}
