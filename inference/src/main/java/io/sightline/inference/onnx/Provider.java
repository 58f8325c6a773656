package io.sightline.inference.onnx;

import ai.onnxruntime.OrtProvider;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    /** The one that settings write so, in any case; empty for another name. */
    public static Optional<Provider> named(String name) {
        return Arrays.stream(values())
                .filter(provider -> provider.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** As settings write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
