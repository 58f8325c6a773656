package io.sightline.inference.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How a model is run.
 *
 * @param threads that compute one run, the caller's included
 * @param providers in order of preference, each once, {@link Provider#CPU} last if at all; one that is missing is an error, unless the CPU is
 *     listed
 * @param device which GPU, counted from 0 as CUDA does; the CPU does not ask
 */
public record OnnxOptions(int threads, List<Provider> providers, int device) {
    /** The most threads that a run may use. */
    public static final int MAX_THREADS = 256;

    /** The highest number of a GPU. */
    public static final int MAX_DEVICE = 63;

    public OnnxOptions {
        providers = List.copyOf(providers);
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(threads + " threads (1 to " + MAX_THREADS + ")");
        }
        if (device < 0 || device > MAX_DEVICE) {
            throw new IllegalArgumentException("GPU " + device + " (0 to " + MAX_DEVICE + ")");
        }
        flawOf(providers).ifPresent(flaw -> {
            throw new IllegalArgumentException(flaw);
        });
    }

    /** On the first GPU, where there is a choice. */
    public OnnxOptions(int threads, List<Provider> providers) {
        this(threads, providers, 0);
    }

    /** What is wrong with a list of providers; empty when nothing is. */
    public static Optional<String> flawOf(List<Provider> providers) {
        if (providers.isEmpty()) {
            return Optional.of("no provider is listed (cpu, cuda, tensorrt)");
        }
        if (new HashSet<>(providers).size() < providers.size()) {
            return Optional.of("a provider is listed twice in " + providers + ": list each once");
        }
        int cpu = providers.indexOf(Provider.CPU);
        return cpu < 0 || cpu == providers.size() - 1
                ? Optional.empty()
                : Optional.of("cpu always works, so what follows it in " + providers
                        + " would never be tried: list cpu last");
    }

    /** On the CPU. */
    public static OnnxOptions cpu(int threads) {
        return new OnnxOptions(threads, List.of(Provider.CPU));
    }
}
