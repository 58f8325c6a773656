package io.sightline.embed;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.face.Landmarks;
import io.sightline.contracts.face.Quality;
import io.sightline.embed.picture.FaceJpegWriter;
import io.sightline.embed.quality.QualityGates;
import io.sightline.embed.quality.QualityMeasure;
import io.sightline.embed.quality.Sharpness;
import io.sightline.inference.RgbImage;
import io.sightline.inference.align.Alignment;
import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.onnx.ProviderChoice;
import io.sightline.inference.store.VerifiedModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Turns faces into unit vectors: align, measure, and embed those that pass the gates, all of them in one run of the network where its card
 * says that it takes batches. Thread-safe; owns the network and closes it.
 */
public final class FaceEmbedder implements AutoCloseable {
    private final FaceNetwork network;
    private final EmbedderSettings settings;

    private FaceEmbedder(FaceNetwork network, EmbedderSettings settings) {
        this.network = network;
        this.settings = settings;
    }

    /** Throws {@link io.sightline.inference.ModelException} when the model cannot be opened or is no embedder of aligned faces. */
    public static FaceEmbedder open(VerifiedModel model, EmbedderSettings settings) {
        return open(model, settings, BatchMeters.unseen());
    }

    /** As {@link #open(VerifiedModel, EmbedderSettings)}, and tells how full its runs are. */
    public static FaceEmbedder open(VerifiedModel model, EmbedderSettings settings, BatchMeters meters) {
        FaceNetwork network = OnnxFaceNetwork.open(model, settings, meters);
        return over(
                settings.batchWait().isZero()
                        ? network
                        : new SharedFaceNetwork(network, settings.batchWait(), meters::waited),
                settings);
    }

    /** An embedder over any network, which it will close. */
    public static FaceEmbedder over(FaceNetwork network, EmbedderSettings settings) {
        return new FaceEmbedder(settings.mirrors() ? new MirroringFaceNetwork(network) : network, settings);
    }

    public String modelId() {
        return network.modelId();
    }

    /** Where its network is computed, for {@code /info}. */
    public ProviderChoice computedOn() {
        return network.computedOn();
    }

    /** Whether its vectors are of faces and their mirror images. */
    public boolean mirrors() {
        return settings.mirrors();
    }

    public QualityGates gates() {
        return settings.gates();
    }

    /** One face; {@code faceWidthPx} as in {@link FaceView}. */
    public EmbeddedCrop embed(RgbImage picture, Landmarks inPicture, float faceWidthPx) {
        return embed(List.of(FaceView.in(picture, inPicture, faceWidthPx))).get(0);
    }

    /** Several faces, of one frame as a rule; the answers are in their order. */
    public List<EmbeddedCrop> embed(List<FaceView> faces) {
        List<Prepared> prepared = faces.stream().map(this::prepare).toList();
        List<RgbImage> good =
                prepared.stream().flatMap(face -> face.embeddable().stream()).toList();
        Iterator<float[]> vectors = good.isEmpty()
                ? List.<float[]>of().iterator()
                : network.vectors(good).iterator();
        List<EmbeddedCrop> embedded = new ArrayList<>(faces.size());
        for (Prepared face : prepared) {
            embedded.add(face.embeddable()
                    .map(aligned -> embedded(face.quality(), aligned, vectors.next()))
                    .orElseGet(() -> EmbeddedCrop.flawed(face.quality())));
        }
        return embedded;
    }

    private EmbeddedCrop embedded(Quality quality, RgbImage aligned, float[] vector) {
        return new EmbeddedCrop(
                quality,
                Optional.of(Embedding.normalised(vector)),
                FaceJpegWriter.write(aligned, settings.faceJpegQuality()));
    }

    private Prepared prepare(FaceView face) {
        Optional<Alignment> alignment = FaceAligner.fit(face.landmarks());
        float residualPx = alignment.map(Alignment::residualPx).orElse(FaceAligner.WORST_RESIDUAL_PX);
        Optional<RgbImage> aligned = settings.gates().isLargeEnough(face.faceWidthPx())
                ? alignment.flatMap(fit -> face.picture().get().map(picture -> FaceAligner.warp(picture, fit)))
                : Optional.empty();
        float sharpness = aligned.map(Sharpness::of).orElse(0f);
        Quality quality = QualityMeasure.of(face.faceWidthPx(), sharpness, residualPx, settings.gates());
        return new Prepared(quality, quality.flaw().isPresent() ? Optional.empty() : aligned);
    }

    @Override
    public void close() {
        network.close();
    }

    /**
     * A face ready for the network.
     *
     * @param embeddable its aligned picture, if it passed the gates
     */
    private record Prepared(Quality quality, Optional<RgbImage> embeddable) {}
}
