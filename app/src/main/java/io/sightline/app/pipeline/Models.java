package io.sightline.app.pipeline;

import io.sightline.detect.FaceDetector;
import io.sightline.embed.FaceEmbedder;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.store.ModelStore;
import io.sightline.inference.store.VerifiedModel;

/** The two models of a process, verified and open; fetched first where their files are not there. */
public final class Models implements AutoCloseable {
    private final VerifiedModel detectorModel;
    private final VerifiedModel embedderModel;
    private final FaceDetector detector;
    private final FaceEmbedder embedder;

    private Models(
            VerifiedModel detectorModel, VerifiedModel embedderModel, FaceDetector detector, FaceEmbedder embedder) {
        this.detectorModel = detectorModel;
        this.embedderModel = embedderModel;
        this.detector = detector;
        this.embedder = embedder;
    }

    public static Models open(SightlineSettings settings, Home home) {
        ModelStore store = store(settings, home);
        VerifiedModel detectorModel = store.obtain(settings.models().detector());
        VerifiedModel embedderModel = store.obtain(settings.models().embedder());
        FaceDetector detector =
                FaceDetector.open(detectorModel, settings.detect().detector());
        try {
            FaceEmbedder embedder =
                    FaceEmbedder.open(embedderModel, settings.embed().embedder());
            return new Models(detectorModel, embedderModel, detector, embedder);
        } catch (RuntimeException e) {
            detector.close();
            throw e;
        }
    }

    /** What the embedder in force gives, from its card alone: match-stream needs no network. */
    public static EmbedderSpec embedderSpec(SightlineSettings settings) {
        String id = settings.models().embedder();
        return ModelCard.read(settings.models().directory().resolve(id + ".yaml"))
                .embedder();
    }

    public static ModelStore store(SightlineSettings settings, Home home) {
        return new ModelStore(settings.models().directory(), home.modelCache());
    }

    public FaceDetector detector() {
        return detector;
    }

    public FaceEmbedder embedder() {
        return embedder;
    }

    public VerifiedModel detectorModel() {
        return detectorModel;
    }

    public VerifiedModel embedderModel() {
        return embedderModel;
    }

    @Override
    public void close() {
        try {
            detector.close();
        } finally {
            embedder.close();
        }
    }
}
