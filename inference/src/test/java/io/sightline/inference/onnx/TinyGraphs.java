package io.sightline.inference.onnx;

import io.sightline.inference.card.CardFiles;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.onnx.format.OnnxFormat.Attribute;
import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.Node;
import io.sightline.inference.onnx.format.OnnxFormat.OperatorSet;
import io.sightline.inference.onnx.format.OnnxFormat.Tensor;
import io.sightline.inference.onnx.format.OnnxFormat.ValueInfo;
import io.sightline.inference.store.Sha256;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Networks of a few nodes that fit the cards of {@link CardFiles}. */
final class TinyGraphs {
    static final int FLOAT = 1;
    static final int DOUBLE = 11;
    private static final int INT64 = 7;
    private static final int INTS = 7;
    private static final int STRIDE = 8;

    private TinyGraphs() {}

    /** {@code [1,3,4,4]} through PRelu with a slope per channel, then a matrix {@code [48][2]}. */
    static Model embedder(float[] slopes, float[] matrix) {
        return model(
                Graph.newBuilder()
                        .addInitializer(floats("slopes", slopes, 3, 1, 1))
                        .addInitializer(floats("matrix", matrix, 48, 2))
                        .addNode(node("PRelu", "activated", "input", "slopes"))
                        .addNode(node("Flatten", "flat", "activated"))
                        .addNode(node("MatMul", "output", "flat", "matrix")),
                value("input", FLOAT, 1, 3, 4, 4),
                value("output", FLOAT, 1, 2));
    }

    /** As above, with a matrix of ones in the first column and the index in the second. */
    static Model embedder() {
        float[] matrix = new float[96];
        for (int i = 0; i < 48; i++) {
            matrix[2 * i] = 1;
            matrix[2 * i + 1] = i;
        }
        return embedder(new float[] {0.25f, 0.5f, -1}, matrix);
    }

    /** One convolution per output; the input is declared as 32x32. */
    static Model detector() {
        Graph.Builder graph = Graph.newBuilder()
                .addOutput(value("scores8", FLOAT, 1, 4, 4, 4))
                .addOutput(value("boxes8", FLOAT, 1, 8, 4, 4));
        convolution(graph, "scores8", 4);
        convolution(graph, "boxes8", 8);
        convolution(graph, "landmarks8", 20);
        return model(graph, value("input", FLOAT, 1, 3, 32, 32), value("landmarks8", FLOAT, 1, 20, 4, 4));
    }

    /** As above, but each output as rows {@code [1][anchors][values]}. */
    static Model detectorOfRows() {
        Graph.Builder graph = Graph.newBuilder()
                .addOutput(value("scores8", FLOAT, 1, 32, 2))
                .addOutput(value("boxes8", FLOAT, 1, 32, 4));
        rows(graph, "scores8", 2);
        rows(graph, "boxes8", 4);
        rows(graph, "landmarks8", 10);
        return model(graph, value("input", FLOAT, 1, 3, 32, 32), value("landmarks8", FLOAT, 1, 32, 10));
    }

    static Model model(Graph.Builder graph, ValueInfo input, ValueInfo output) {
        return Model.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OperatorSet.newBuilder().setVersion(12))
                .setGraph(graph.setName("tiny").addInput(input).addOutput(output))
                .build();
    }

    static Node node(String operator, String output, String... inputs) {
        return Node.newBuilder()
                .setOpType(operator)
                .addOutput(output)
                .addAllInput(Arrays.asList(inputs))
                .build();
    }

    static Tensor floats(String name, float[] values, long... dims) {
        Tensor.Builder tensor = Tensor.newBuilder().setName(name).setDataType(FLOAT);
        Arrays.stream(dims).forEach(tensor::addDims);
        return tensor.setRawData(FloatTensors.raw(values)).build();
    }

    static ValueInfo value(String name, int type, long... dims) {
        ValueInfo.Builder value = ValueInfo.newBuilder().setName(name);
        value.getTypeBuilder().getTensorTypeBuilder().setElemType(type);
        for (long dim : dims) {
            value.getTypeBuilder()
                    .getTensorTypeBuilder()
                    .getShapeBuilder()
                    .addDimBuilder()
                    .setDimValue(dim);
        }
        return value.build();
    }

    /** Written into {@code folder} with the embedder's card. */
    static VerifiedModel asEmbedder(Path folder, byte[] graph) {
        return verified(folder, CardFiles.EMBEDDER, graph);
    }

    /** Written into {@code folder} with a card whose hash is the graph's. */
    static VerifiedModel verified(Path folder, String card, byte[] graph) {
        try {
            String hashed = card.replace("f".repeat(64), Sha256.of(graph));
            Path file = Files.write(folder.resolve("tiny.onnx"), graph);
            return new VerifiedModel(
                    ModelCard.read(CardFiles.write(folder, "tiny.yaml", hashed)), file, folder.resolve("derived"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rows(Graph.Builder graph, String output, int values) {
        convolution(graph, output + "/planes", 2 * values);
        graph.addInitializer(Tensor.newBuilder()
                .setName(output + "/shape")
                .setDataType(INT64)
                .addDims(3)
                .addInt64Data(1)
                .addInt64Data(-1)
                .addInt64Data(values));
        graph.addNode(node("Transpose", output + "/last", output + "/planes").toBuilder()
                .addAttribute(ints("perm", 0, 2, 3, 1)));
        graph.addNode(node("Reshape", output, output + "/last", output + "/shape"));
    }

    private static void convolution(Graph.Builder graph, String output, int channels) {
        float[] weights = new float[channels * 3 * STRIDE * STRIDE];
        Arrays.fill(weights, 0.01f);
        graph.addInitializer(floats(output + "/weights", weights, channels, 3, STRIDE, STRIDE));
        graph.addNode(node("Conv", output, "input", output + "/weights").toBuilder()
                .addAttribute(ints("strides", STRIDE, STRIDE))
                .addAttribute(ints("kernel_shape", STRIDE, STRIDE)));
    }

    private static Attribute ints(String name, long... values) {
        Attribute.Builder attribute = Attribute.newBuilder().setName(name).setType(INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }
}
