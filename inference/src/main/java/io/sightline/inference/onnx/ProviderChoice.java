package io.sightline.inference.onnx;

import java.util.List;

/**
 * Where a network is computed, and why not elsewhere.
 *
 * @param provider that computes it
 * @param passedOver one sentence for each provider that was preferred and could not be used
 */
public record ProviderChoice(Provider provider, List<String> passedOver) {
    public ProviderChoice {
        passedOver = List.copyOf(passedOver);
    }

    /** The CPU, with nothing preferred to it. */
    public static ProviderChoice cpu() {
        return new ProviderChoice(Provider.CPU, List.of());
    }
}
