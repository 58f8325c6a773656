package io.sightline.inference.onnx;

import io.sightline.inference.card.InputSpec;
import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.Shape;
import io.sightline.inference.onnx.format.OnnxFormat.ValueInfo;

/**
 * Removes the picture size that an export wrote into a graph: the runtime refuses any other, although the operators take
 * it. Rows and columns of the input become free, declared shapes of outputs and inner values are forgotten.
 */
final class FreeInputSize {
    private static final int ROWS = 2;
    private static final int COLUMNS = 3;

    private FreeInputSize() {}

    static Model apply(Model model, InputSpec spec) {
        Graph.Builder graph = model.getGraph().toBuilder();
        for (ValueInfo.Builder input : graph.getInputBuilderList()) {
            if (input.getName().equals(spec.name())) {
                free(input, spec);
            }
        }
        graph.getOutputBuilderList()
                .forEach(
                        output -> output.getTypeBuilder().getTensorTypeBuilder().clearShape());
        graph.clearValueInfo();
        return model.toBuilder().setGraph(graph).build();
    }

    private static void free(ValueInfo.Builder input, InputSpec spec) {
        Shape.Builder shape = input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        if (shape.getDimCount() == COLUMNS + 1) {
            if (!spec.height().isFixed()) {
                shape.getDimBuilder(ROWS).clear().setDimParam("rows");
            }
            if (!spec.width().isFixed()) {
                shape.getDimBuilder(COLUMNS).clear().setDimParam("columns");
            }
        }
    }
}
