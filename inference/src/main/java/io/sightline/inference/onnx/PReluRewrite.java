package io.sightline.inference.onnx;

import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.Node;
import io.sightline.inference.onnx.format.OnnxFormat.Tensor;
import java.nio.FloatBuffer;
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
    private PReluRewrite() {}

    /** Empty when no node can be written out. */
    static Optional<Model> apply(Model model) {
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
        return complements.isEmpty()
                ? Optional.empty()
                : Optional.of(model.toBuilder().setGraph(graph).build());
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
            if (FloatTensors.isReadable(tensor)) {
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
        FloatBuffer slopes = FloatTensors.values(slope);
        float[] complements = new float[slopes.remaining()];
        for (int i = 0; i < complements.length; i++) {
            complements[i] = 1 - slopes.get(i);
        }
        return Tensor.newBuilder()
                .addAllDims(slope.getDimsList())
                .setDataType(FloatTensors.FLOAT)
                .setName(complementName(slope))
                .setRawData(FloatTensors.raw(complements))
                .build();
    }
}
