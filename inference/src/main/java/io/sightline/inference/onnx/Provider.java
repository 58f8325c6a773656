package io.sightline.inference.onnx;

import ai.onnxruntime.OrtProvider;
import java.util.Locale;

/** Where a network is computed. */
public enum Provider {
    CPU(OrtProvider.CPU),
    CUDA(OrtProvider.CUDA),
    TENSORRT(OrtProvider.TENSOR_RT);

    private final OrtProvider runtime;

    Provider(OrtProvider runtime) {
        this.runtime = runtime;
    }

    OrtProvider runtime() {
        return runtime;
    }

    /** As settings write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
