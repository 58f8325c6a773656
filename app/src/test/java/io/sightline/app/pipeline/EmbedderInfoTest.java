package io.sightline.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.embed.EmbedderSettings;
import io.sightline.embed.FaceEmbedder;
import io.sightline.embed.FaceNetwork;
import io.sightline.inference.RgbImage;
import io.sightline.inference.onnx.Provider;
import io.sightline.inference.onnx.ProviderChoice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbedderInfoTest {
    @Test
    void aFallToTheCpuIsToldWithItsReason() {
        FaceNetwork network = new FallenNetwork();

        Map<String, Object> info = EmbedderInfo.of(FaceEmbedder.over(network, EmbedderSettings.defaults()));

        assertThat(info)
                .containsOnly(
                        Map.entry("embedder", "fallen"),
                        Map.entry("embedder-mirror", true),
                        Map.entry("embedder-provider", "cpu"),
                        Map.entry("embedder-providers-passed-over", List.of("no device")));
    }

    private static final class FallenNetwork implements FaceNetwork {
        @Override
        public String modelId() {
            return "fallen";
        }

        @Override
        public ProviderChoice computedOn() {
            return new ProviderChoice(Provider.CPU, List.of("no device"));
        }

        @Override
        public List<float[]> vectors(List<RgbImage> aligned) {
            throw new AssertionError("nothing is embedded here");
        }

        @Override
        public void close() {}
    }
}
