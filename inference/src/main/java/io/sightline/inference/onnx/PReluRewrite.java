package io.sightline.inference.onnx;

import com.google.protobuf.ByteString;
import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.Node;
import io.sightline.inference.onnx.format.OnnxFormat.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes {@code PRelu(x, a)} out as {@code a·x + (1 − a)·relu(x)}, for slopes a that are constants of the graph. The
 * runtime's CPU kernel of PRelu walks one value at a time, the four simple operators are vectorised: a MobileFaceNet with
 * 33 of them takes a third of the time.
 */
final class PReluRewrite {
    private static final int FLOAT = 1;

    private PReluRewrite() {}

    /** Whether the graph has a node that {@link #apply} would change. */
    static boolean isWorthwhile(Model model) {
        Map<String, Tensor> slopes = constants(model.getGraph());
        return model.getGraph().getNodeList().stream()
                .anyMatch(node -> slopeOf(node, slopes).isPresent());
    }

    static Model apply(Model model) {
        Graph original = model.getGraph();
        Map<String, Tensor> slopes = constants(original);
        Graph.Builder graph = original.toBuilder().clearNode();
        Set<String> complements = new HashSet<>();
        for (Node node : original.getNodeList()) {
            Optional<Tensor> slope = slopeOf(node, slopes);
            if (slope.isEmpty()) {
                graph.addNode(node);
                continue;
            }
            if (complements.add(complementName(slope.get()))) {
                graph.addInitializer(complement(slope.get()));
            }
            writeOut(node, slope.get(), graph);
        }
        return model.toBuilder().setGraph(graph).build();
    }

    private static void writeOut(Node prelu, Tensor slope, Graph.Builder graph) {
        String x = prelu.getInput(0);
        String y = prelu.getOutput(0);
        graph.addNode(node("Relu", y + "/relu", x));
        graph.addNode(node("Mul", y + "/sloped", x, slope.getName()));
        graph.addNode(node("Mul", y + "/positive", y + "/relu", complementName(slope)));
        graph.addNode(node("Add", y, y + "/sloped", y + "/positive"));
    }

    private static Node node(String operator, String output, String... inputs) {
        Node.Builder node = Node.newBuilder()
                .setOpType(operator)
                .setName(output + ":" + operator)
                .addOutput(output);
        for (String input : inputs) {
            node.addInput(input);
        }
        return node.build();
    }

    private static Optional<Tensor> slopeOf(Node node, Map<String, Tensor> constants) {
        return node.getOpType().equals("PRelu") && node.getDomain().isEmpty() && node.getInputCount() == 2
                ? Optional.ofNullable(constants.get(node.getInput(1)))
                : Optional.empty();
    }

    /** Float initializers, held in this file, that a caller cannot override by an input of the same name. */
    private static Map<String, Tensor> constants(Graph graph) {
        Map<String, Tensor> constants = new HashMap<>();
        for (Tensor tensor : graph.getInitializerList()) {
            if (tensor.getDataType() == FLOAT && tensor.getDataLocation() == 0) {
                constants.put(tensor.getName(), tensor);
            }
        }
        graph.getInputList().forEach(input -> constants.remove(input.getName()));
        return constants;
    }

    private static String complementName(Tensor slope) {
        return slope.getName() + "/complement";
    }

    /** {@code 1 − a}, of the same shape. */
    private static Tensor complement(Tensor slope) {
        float[] values = values(slope);
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(1 - value);
        }
        return Tensor.newBuilder()
                .addAllDims(slope.getDimsList())
                .setDataType(FLOAT)
                .setName(complementName(slope))
                .setRawData(ByteString.copyFrom(raw.flip()))
                .build();
    }

    private static float[] values(Tensor tensor) {
        float[] values =
                new float[tensor.hasRawData() ? tensor.getRawData().size() / Float.BYTES : tensor.getFloatDataCount()];
        if (tensor.hasRawData()) {
            tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.getFloatData(i);
            }
        }
        return values;
    }
}
