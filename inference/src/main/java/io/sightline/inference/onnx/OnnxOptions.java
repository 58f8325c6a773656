package io.sightline.inference.onnx;

import java.util.List;

/**
 * How a model is run.
 *
 * @param threads that compute one run, the caller's included
 * @param providers in order of preference; one that is missing is an error, unless {@link Provider#CPU} is listed too
 */
public record OnnxOptions(int threads, List<Provider> providers) {
    /** The most threads that a run may use. */
    public static final int MAX_THREADS = 256;

    public OnnxOptions {
        providers = List.copyOf(providers);
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(threads + " threads (1 to " + MAX_THREADS + ")");
        }
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("no provider is listed (cpu, cuda, tensorrt)");
        }
    }

    /** On the CPU. */
    public static OnnxOptions cpu(int threads) {
        return new OnnxOptions(threads, List.of(Provider.CPU));
    }
}
