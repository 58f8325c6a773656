package io.sightline.inference.onnx;

import io.sightline.inference.ModelException;
import java.util.Map;
import java.util.Set;

/** The results of one run by name. */
public final class TensorMap {
    private final Map<String, Tensor> tensors;

    TensorMap(Map<String, Tensor> tensors) {
        this.tensors = Map.copyOf(tensors);
    }

    /** Throws {@link ModelException} when the network gives none called {@code name}. */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new ModelException("no output is called '" + name + "': the run gave " + names());
        }
        return tensor;
    }

    public Set<String> names() {
        return tensors.keySet();
    }
}
