package io.sightline.app.evaluate;

import io.sightline.detect.FaceFinder;
import io.sightline.embed.FaceEmbedder;
import io.sightline.embed.quality.QualityGates;
import io.sightline.inference.card.EmbedderSpec;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The two models that are measured, each opened when a part first asks for it. Owns them. Thread-safe. */
public final class TestedModels implements AutoCloseable {
    private final Supplier<Embedder> openEmbedder;
    private final Supplier<Detector> openDetector;
    private @Nullable Embedder embedder;
    private @Nullable Detector detector;

    public TestedModels(Supplier<Embedder> openEmbedder, Supplier<Detector> openDetector) {
        this.openEmbedder = openEmbedder;
        this.openDetector = openDetector;
    }

    /**
     * An embedder that embeds whatever it is given.
     *
     * @param faces with gates that let every face pass
     * @param gates the product's, which decide what counts where they matter
     */
    public record Embedder(FaceEmbedder faces, EmbedderSpec spec, QualityGates gates) {}

    /**
     * A detector that tells of the faintest face.
     *
     * @param finder with a least score and a least size so low that curves are whole
     * @param product what the product keeps of it
     * @param resource what must be closed after the last use
     */
    public record Detector(FaceFinder finder, Limits product, Optional<Runnable> resource) {}

    /**
     * What the product keeps of a detector's findings.
     *
     * @param name the model and its input, for the report
     */
    public record Limits(String name, float minScore, int minFacePx) {}

    synchronized Embedder embedder() {
        Embedder open = embedder;
        if (open == null) {
            open = openEmbedder.get();
            embedder = open;
        }
        return open;
    }

    synchronized Detector detector() {
        Detector open = detector;
        if (open == null) {
            open = openDetector.get();
            detector = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        try {
            if (embedder != null) {
                embedder.faces().close();
            }
        } finally {
            if (detector != null) {
                detector.resource().ifPresent(Runnable::run);
            }
        }
    }
}
