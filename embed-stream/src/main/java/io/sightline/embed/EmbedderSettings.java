package io.sightline.embed;

import io.sightline.embed.quality.QualityGates;
import io.sightline.inference.onnx.OnnxOptions;
import io.sightline.inference.onnx.Provider;
import io.sightline.runtime.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How faces are embedded.
 *
 * @param gates what a face must reach
 * @param faceJpegQuality of the aligned face's picture, 0 (small) to 1 (good)
 * @param mirrors whether each face is embedded mirrored as well and both vectors are joined: fewer errors for twice the time
 * @param batchWait how long faces of one frame wait for those of others to share a run; zero: not at all, which is best on a CPU
 * @param network where the network is computed, and by how many threads
 */
public record EmbedderSettings(
        QualityGates gates, float faceJpegQuality, boolean mirrors, Duration batchWait, OnnxOptions network) {
    private static final String PROVIDERS = "providers";
    private static final Duration LONGEST_BATCH_WAIT = Duration.ofMillis(100);

    public EmbedderSettings {
        if (!(faceJpegQuality > 0 && faceJpegQuality <= 1)) {
            throw new IllegalArgumentException("JPEG quality " + faceJpegQuality + " is not above 0 and up to 1");
        }
    }

    public static EmbedderSettings defaults() {
        return new EmbedderSettings(QualityGates.defaults(), 0.85f, true, Duration.ZERO, OnnxOptions.cpu(1));
    }

    public static EmbedderSettings read(Section section) {
        EmbedderSettings byDefault = defaults();
        return new EmbedderSettings(
                QualityGates.read(section),
                (float) section.decimal("face-jpeg-quality", byDefault.faceJpegQuality(), 0.05, 1),
                section.flag("mirror", byDefault.mirrors()),
                section.millis("batch-wait-ms", byDefault.batchWait(), Duration.ZERO, LONGEST_BATCH_WAIT),
                new OnnxOptions(
                        section.integer("threads", byDefault.network().threads(), 1, 64),
                        providers(section, byDefault.network().providers()),
                        section.integer("device", byDefault.network().device(), 0, OnnxOptions.MAX_DEVICE)));
    }

    private static List<Provider> providers(Section section, List<Provider> byDefault) {
        List<Provider> providers = new ArrayList<>();
        for (String name : section.texts(
                PROVIDERS, byDefault.stream().map(Provider::toString).toList())) {
            Optional<Provider> provider = Provider.named(name);
            if (provider.isEmpty()) {
                section.problem(PROVIDERS, "'" + name + "' is none of cpu, cuda, tensorrt (default cpu)");
                return byDefault;
            }
            providers.add(provider.get());
        }
        Optional<String> flaw = OnnxOptions.flawOf(providers);
        flaw.ifPresent(said -> section.problem(PROVIDERS, said));
        return flaw.isPresent() ? byDefault : List.copyOf(providers);
    }
}
