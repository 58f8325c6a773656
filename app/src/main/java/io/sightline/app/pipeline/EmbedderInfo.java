package io.sightline.app.pipeline;

import io.sightline.embed.FaceEmbedder;
import io.sightline.inference.onnx.ProviderChoice;
import java.util.Map;

/** What {@code /info} tells about the embedder: which it is, where it is computed, and which providers were passed over. */
public final class EmbedderInfo {
    private EmbedderInfo() {}

    public static Map<String, Object> of(FaceEmbedder embedder) {
        ProviderChoice computedOn = embedder.computedOn();
        return Map.of(
                "embedder", embedder.modelId(),
                "embedder-mirror", embedder.mirrors(),
                "embedder-provider", computedOn.provider().toString(),
                "embedder-providers-passed-over", computedOn.passedOver());
    }
}
