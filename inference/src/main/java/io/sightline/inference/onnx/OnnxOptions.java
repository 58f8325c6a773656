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
 */
public record OnnxOptions(int threads, List<Provider> providers) {
    /** The most threads that a run may use. */
    public static final int MAX_THREADS = 256;

    public OnnxOptions {
        providers = List.copyOf(providers);
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(threads + " threads (1 to " + MAX_THREADS + ")");
        }
        flawOf(providers).ifPresent(flaw -> {
            throw new IllegalArgumentException(flaw);
        });
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
