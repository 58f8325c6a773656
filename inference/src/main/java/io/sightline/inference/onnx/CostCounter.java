package io.sightline.inference.onnx;

import io.sightline.inference.ModelException;
import io.sightline.inference.onnx.format.OnnxFormat.Attribute;
import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.Node;
import io.sightline.inference.onnx.format.OnnxFormat.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sums over the nodes of a graph, given the shape of every value. Pure. */
final class CostCounter {
    /** Where these have their weights. */
    private static final Map<String, Integer> WEIGHTS = Map.of(
            "Conv",
            1,
            "Gemm",
            1,
            "MatMul",
            1,
            "ConvInteger",
            1,
            "MatMulInteger",
            1,
            "QLinearConv",
            3,
            "QLinearMatMul",
            3);

    private static final Set<String> VIEWS =
            Set.of("Flatten", "Reshape", "Squeeze", "Unsqueeze", "Identity", "Dropout");
    private static final Set<String> NO_MAPS =
            Set.of("Constant", "Shape", "QuantizeLinear", "DequantizeLinear", "ConstantOfShape");
    /** Floats, 8-bit integers, 32-bit ones (biases of quantised layers), half and double floats: ONNX's numbers. */
    private static final Set<Integer> WEIGHT_TYPES = Set.of(1, 2, 3, 6, 10, 11);

    private static final int READ_AND_WRITTEN = 2;

    private final Graph graph;
    private final Map<String, long[]> shapes;
    private final boolean isQuantised;
    private final Map<String, Node> onlyReaders = new HashMap<>();

    /** {@code shapes} of all values that nodes give and of inputs; those of weights come from the graph. */
    CostCounter(Model model, Map<String, long[]> shapes) {
        this.graph = model.getGraph();
        this.shapes = new HashMap<>(shapes);
        for (Tensor tensor : graph.getInitializerList()) {
            this.shapes.put(tensor.getName(), dims(tensor));
        }
        this.isQuantised = graph.getNodeList().stream()
                .anyMatch(node ->
                        node.getOpType().startsWith("Q") && node.getOpType().contains("Linear"));
        findOnlyReaders();
    }

    NetworkCosts count() {
        long multiplyAdds = 0;
        long bytes = 0;
        for (Node node : graph.getNodeList()) {
            multiplyAdds += multiplyAdds(node);
            bytes += READ_AND_WRITTEN * writtenBytes(node);
        }
        return new NetworkCosts(parameters(), multiplyAdds, bytes, isQuantised);
    }

    private long multiplyAdds(Node node) {
        Integer place = WEIGHTS.get(node.getOpType());
        if (place == null) {
            return 0;
        }
        long outputs = ShapeCheck.elements(shape(node.getOutput(0)));
        return outputs * termsOfEach(node, shape(node.getInput(place)));
    }

    /** How many products are added up for one value of the output. */
    private static long termsOfEach(Node node, long[] weights) {
        if (node.getOpType().equals("Gemm")) {
            return weights[isTransposed(node) ? 1 : 0];
        }
        if (node.getOpType().contains("MatMul")) {
            return weights[Math.max(0, weights.length - 2)];
        }
        return ShapeCheck.elements(weights) / weights[0];
    }

    private static boolean isTransposed(Node gemm) {
        return gemm.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("transB"))
                .mapToLong(Attribute::getI)
                .anyMatch(value -> value != 0);
    }

    private long writtenBytes(Node node) {
        if (VIEWS.contains(node.getOpType()) || NO_MAPS.contains(node.getOpType())) {
            return 0;
        }
        long bytes = 0;
        for (String output : node.getOutputList()) {
            if (!output.isEmpty()) {
                bytes += ShapeCheck.elements(shape(output)) * (isKeptAsInteger(output) ? 1 : Float.BYTES);
            }
        }
        return bytes;
    }

    /** It goes only into a quantisation, if need be through a view or the ReLU that the runtime joins to it. */
    private boolean isKeptAsInteger(String value) {
        Node reader = onlyReaders.get(value);
        if (!isQuantised || reader == null) {
            return false;
        }
        if (reader.getOpType().equals("QuantizeLinear")) {
            return true;
        }
        boolean isPassedOn =
                VIEWS.contains(reader.getOpType()) || reader.getOpType().equals("Relu");
        return isPassedOn && isKeptAsInteger(reader.getOutput(0));
    }

    private long parameters() {
        Set<String> scales = new HashSet<>();
        for (Node node : graph.getNodeList()) {
            if (node.getOpType().equals("QuantizeLinear") || node.getOpType().equals("DequantizeLinear")) {
                scales.addAll(node.getInputList().subList(1, node.getInputCount()));
            }
        }
        return graph.getInitializerList().stream()
                .filter(tensor -> WEIGHT_TYPES.contains(tensor.getDataType()) && !scales.contains(tensor.getName()))
                .mapToLong(tensor -> ShapeCheck.elements(dims(tensor)))
                .sum();
    }

    private void findOnlyReaders() {
        Set<String> readTwice = new HashSet<>();
        for (Node node : graph.getNodeList()) {
            for (String input : node.getInputList()) {
                if (onlyReaders.put(input, node) != null) {
                    readTwice.add(input);
                }
            }
        }
        onlyReaders.keySet().removeAll(readTwice);
    }

    private long[] shape(String value) {
        long[] shape = shapes.get(value);
        if (shape == null) {
            throw new ModelException(
                    "the graph's value '" + value + "' has no shape that a run could tell: export it again");
        }
        return shape;
    }

    private static long[] dims(Tensor tensor) {
        List<Long> dims = tensor.getDimsList();
        return dims.stream().mapToLong(Long::longValue).toArray();
    }
}
