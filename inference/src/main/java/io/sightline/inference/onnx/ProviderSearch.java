package io.sightline.inference.onnx;

import ai.onnxruntime.OrtProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the first listed provider that works. What the runtime calls available is what it was built with; whether the
 * driver, its libraries and a device are there shows when a session is opened, so a failure there counts as missing too.
 */
final class ProviderSearch {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderSearch.class);

    private final String modelId;
    private final List<Provider> listed;
    private final Set<OrtProvider> built;

    /** {@code built}: the providers that this ONNX Runtime was built with. */
    ProviderSearch(String modelId, List<Provider> listed, Set<OrtProvider> built) {
        this.modelId = modelId;
        this.listed = listed;
        this.built = built;
    }

    /** What {@code opener} gave; it throws {@link ProviderException} where the provider fails, which is thrown on unless the CPU is listed. */
    <T> Found<T> open(Function<Provider, T> opener) {
        List<String> passedOver = new ArrayList<>();
        for (Provider provider : listed) {
            try {
                return new Found<>(openOn(provider, opener), new ProviderChoice(provider, passedOver));
            } catch (ProviderException e) {
                if (!listed.contains(Provider.CPU)) {
                    throw e;
                }
                LOG.warn("{}; the next provider listed is tried", e.getMessage());
                passedOver.add(e.getMessage());
            }
        }
        throw new IllegalStateException("model " + modelId + ": the CPU was listed and failed without an error");
    }

    /** {@code cause} as a failure of {@code provider}, with the cure. */
    ProviderException failed(Provider provider, Exception cause) {
        return new ProviderException(
                provider,
                "model " + modelId + ": provider " + provider + " fails (" + cause.getMessage()
                        + "); providers asked for: "
                        + asked() + "; built into this ONNX Runtime: " + offered()
                        + ". Check the driver, its libraries and the device, or list cpu last to allow the CPU instead",
                cause);
    }

    private <T> T openOn(Provider provider, Function<Provider, T> opener) {
        if (!built.contains(provider.runtime())) {
            throw new ProviderException(
                    provider,
                    "model " + modelId + ": provider " + provider
                            + " is not in this ONNX Runtime; providers asked for: "
                            + asked() + "; built into this ONNX Runtime: " + offered()
                            + ". Use a build that has it (docs/gpu.md), or list cpu last to allow the CPU instead");
        }
        return opener.apply(provider);
    }

    private String asked() {
        return listed.stream().map(Provider::toString).collect(Collectors.joining(", "));
    }

    private String offered() {
        return built.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }

    /** What was opened, and on which provider. */
    record Found<T>(T opened, ProviderChoice choice) {}
}
