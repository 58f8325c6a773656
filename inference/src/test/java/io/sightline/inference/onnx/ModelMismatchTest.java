package io.sightline.inference.onnx;

import static io.sightline.inference.onnx.TinyGraphs.FLOAT;
import static io.sightline.inference.onnx.TinyGraphs.node;
import static io.sightline.inference.onnx.TinyGraphs.value;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.CardFiles;
import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that does not fit its card is refused when it is opened. */
final class ModelMismatchTest {
    private static final String ADVICE = "; correct models/tiny-embedder.yaml or take the file that it was written for";

    @TempDir
    Path folder;

    @Test
    void anotherHash() throws IOException {
        VerifiedModel model =
                TinyGraphs.asEmbedder(folder, TinyGraphs.embedder().toByteArray());
        Files.write(model.file(), new byte[] {1});

        assertThatThrownBy(() -> OnnxModel.open(model, OnnxOptions.cpu(1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the file was changed or damaged");
    }

    @Test
    void noOnnxModel() {
        assertRefused(
                "hello".getBytes(StandardCharsets.UTF_8),
                "model tiny-embedder: " + folder.resolve("tiny.onnx") + " is no ONNX model: ");
    }

    @Test
    void anOperatorThatTheRuntimeDoesNotKnow() {
        Graph.Builder graph = Graph.newBuilder().addNode(node("Dream", "output", "input"));
        Model model = TinyGraphs.model(graph, value("input", FLOAT, 1, 3, 4, 4), value("output", FLOAT, 1, 2));

        assertRefused(
                model.toByteArray(),
                "model tiny-embedder: ONNX Runtime refuses " + folder.resolve("tiny.onnx") + " on cpu: ");
    }

    @Test
    void anotherInputName() {
        assertRefused(
                CardFiles.EMBEDDER.replace("name: input", "name: data"),
                TinyGraphs.embedder(),
                "model tiny-embedder: tiny.onnx does not fit its card: it has no input 'data', but [input]" + ADVICE);
    }

    @Test
    void anotherSize() {
        assertRefused(
                CardFiles.EMBEDDER.replace("width-px: 4", "width-px: 8"),
                TinyGraphs.embedder(),
                "model tiny-embedder: tiny.onnx does not fit its card: input 'input' has shape [1, 3, 4, 4], but the"
                        + " card asks for [1, 3, 4, 8]" + ADVICE);
    }

    @Test
    void anotherElementType() {
        Graph.Builder graph = Graph.newBuilder().addNode(node("Identity", "output", "input"));
        Model model = TinyGraphs.model(
                graph, value("input", TinyGraphs.DOUBLE, 1, 3, 4, 4), value("output", TinyGraphs.DOUBLE, 1, 3, 4, 4));

        assertRefused(
                model.toByteArray(),
                "model tiny-embedder: tiny.onnx does not fit its card: input 'input' is no tensor of 32-bit floats"
                        + ADVICE);
    }

    @Test
    void aSecondInput() {
        Graph.Builder graph = Graph.newBuilder()
                .addInput(value("more", FLOAT, 1, 3, 4, 4))
                .addNode(node("Add", "output", "input", "more"));
        Model model = TinyGraphs.model(graph, value("input", FLOAT, 1, 3, 4, 4), value("output", FLOAT, 1, 3, 4, 4));

        assertRefused(
                model.toByteArray(),
                "model tiny-embedder: tiny.onnx does not fit its card: it has the inputs [input, more], but one is"
                        + " allowed" + ADVICE);
    }

    @Test
    void anotherOutputName() {
        assertRefused(
                CardFiles.EMBEDDER.replace("output: output", "output: vector"),
                TinyGraphs.embedder(),
                "model tiny-embedder: tiny.onnx does not fit its card: it has no output 'vector', but [output]"
                        + ADVICE);
    }

    @Test
    void anotherDimension() {
        assertRefused(
                CardFiles.EMBEDDER.replace("dimension: 2", "dimension: 512"),
                TinyGraphs.embedder(),
                "model tiny-embedder: tiny.onnx does not fit its card: output 'output' has shape [1, 2], but the card"
                        + " asks for [1, 512]" + ADVICE);
    }

    @Test
    void anotherNumberOfLandmarks() {
        assertRefused(
                CardFiles.LANDMARKER,
                TinyGraphs.embedder(),
                "model tiny-landmarker: tiny.onnx does not fit its card: output 'output' has shape [1, 2], but the card"
                        + " asks for [1, 10]; correct models/tiny-landmarker.yaml");
    }

    @Test
    void anotherNumberOfAnchors() {
        assertRefused(
                CardFiles.DETECTOR.replace("[16, 32]", "[16, 24, 32]"),
                TinyGraphs.detector(),
                "model tiny-detector: tiny.onnx does not fit its card: output 'scores8' has shape [1, 4, 8, 12], but the"
                        + " card asks for [1, 6, 8, 12]; correct models/tiny-detector.yaml");
    }

    @Test
    void anotherStride() {
        assertRefused(
                CardFiles.DETECTOR.replace("stride-px: 8", "stride-px: 16"),
                TinyGraphs.detector(),
                "output 'scores8' has shape [1, 4, 8, 12], but the card asks for [1, 4, 4, 6]");
    }

    private void assertRefused(byte[] graph, String message) {
        VerifiedModel model = TinyGraphs.asEmbedder(folder, graph);
        assertThatThrownBy(() -> OnnxModel.open(model, OnnxOptions.cpu(1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    private void assertRefused(String card, Model graph, String message) {
        VerifiedModel model = TinyGraphs.verified(folder, card, graph.toByteArray());
        assertThatThrownBy(() -> OnnxModel.open(model, OnnxOptions.cpu(1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }
}
