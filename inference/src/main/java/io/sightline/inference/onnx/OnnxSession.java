package io.sightline.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sightline.inference.ModelException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The adapter to ONNX Runtime: one session and the tensors of a run. Nothing native leaves it. Runs may overlap; closing
 * may not overlap a run.
 */
final class OnnxSession implements AutoCloseable {
    private final String modelId;
    private final String inputName;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private boolean isClosed;

    OnnxSession(String modelId, String inputName, OrtEnvironment environment, OrtSession session) {
        this.modelId = modelId;
        this.inputName = inputName;
        this.environment = environment;
        this.session = session;
    }

    /** {@code input} is direct. */
    TensorMap run(FloatBuffer input, long... shape) {
        if (isClosed) {
            throw new IllegalStateException("model " + modelId + " is closed");
        }
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input, shape);
                OrtSession.Result result = session.run(Map.of(inputName, tensor))) {
            Map<String, Tensor> copies = new HashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                copies.put(output.getKey(), copy(output.getKey(), output.getValue()));
            }
            return new TensorMap(copies);
        } catch (OrtException e) {
            throw new ModelException(
                    "model " + modelId + " failed on an input of shape " + Arrays.toString(shape) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Declared shapes by name, −1 where free; a non-tensor or another element type than float is empty. */
    Map<String, Optional<long[]>> declaredInputs() {
        try {
            return shapes(session.getInputInfo());
        } catch (OrtException e) {
            throw new ModelException("model " + modelId + ": its inputs cannot be read: " + e.getMessage(), e);
        }
    }

    /** As {@link #declaredInputs}. */
    Map<String, Optional<long[]>> declaredOutputs() {
        try {
            return shapes(session.getOutputInfo());
        } catch (OrtException e) {
            throw new ModelException("model " + modelId + ": its outputs cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            session.close();
        } catch (OrtException e) {
            throw new ModelException("model " + modelId + " could not be closed: " + e.getMessage(), e);
        }
    }

    private static Map<String, Optional<long[]>> shapes(Map<String, NodeInfo> nodes) {
        Map<String, Optional<long[]>> shapes = new HashMap<>();
        nodes.forEach((name, node) -> shapes.put(
                name,
                node.getInfo() instanceof TensorInfo info
                                && info.onnxType == TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT
                        ? Optional.of(info.getShape())
                        : Optional.empty()));
        return shapes;
    }

    /** The runtime's float buffer is a copy on the heap already, so its array is taken over. */
    private Tensor copy(String name, OnnxValue value) {
        if (value instanceof OnnxTensor tensor) {
            FloatBuffer floats = tensor.getFloatBuffer();
            if (floats != null && floats.hasArray()) {
                return new Tensor(tensor.getInfo().getShape(), floats.array());
            }
        }
        throw new ModelException("model " + modelId + ": output '" + name + "' is no tensor of 32-bit floats, but "
                + value.getInfo() + "; export the model with float outputs");
    }
}
