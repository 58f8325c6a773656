package io.sightline.detect;

import io.sightline.contracts.face.Landmarks;
import io.sightline.inference.ModelException;
import io.sightline.inference.PictureTensor;
import io.sightline.inference.RgbImage;
import io.sightline.inference.align.Alignment;
import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.align.SimilarityTransform;
import io.sightline.inference.card.LandmarkerSpec;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.onnx.OnnxModel;
import io.sightline.inference.onnx.OnnxOptions;
import io.sightline.inference.store.VerifiedModel;
import java.util.Optional;

/**
 * Places exactly the landmarks that a detector placed roughly: the face is laid onto the template by what is known of it, and a small
 * network looks at that window, always upright and of one size. Thread-safe; {@link #close} frees the network, after the last call.
 */
public final class FaceLandmarker implements AutoCloseable {
    private final Network network;
    private final float minScore;

    /** The network itself, loaded. */
    interface Network extends AutoCloseable {
        ModelCard card();

        /** {@code [10]}, in the window's pixels, of {@code [1][3][side][side]}. */
        float[] run(float[] window, int sidePx);

        @Override
        void close();
    }

    FaceLandmarker(Network network, float minScore) {
        this.network = network;
        this.minScore = minScore;
    }

    /**
     * Throws {@link ModelException} when the model is no landmarker or does not fit its card.
     *
     * @param minScore faces that score less keep the landmarks that they have
     */
    public static FaceLandmarker open(VerifiedModel verified, float minScore) {
        ModelCard card = verified.card();
        card.landmarker();
        if (!card.input().width().isFixed()
                || !card.input().height().isFixed()
                || card.input().width().px() != card.input().height().px()) {
            throw new ModelException("model " + card.id() + " takes windows of "
                    + card.input().width() + " by "
                    + card.input().height() + ", but a landmarker's are square and of one size: choose another with"
                    + " models.landmarker");
        }
        return new FaceLandmarker(new OnnxLandmarks(OnnxModel.open(verified, OnnxOptions.cpu(1))), minScore);
    }

    /** The face with its landmarks placed anew; as it is where they lie on one spot or the network gives no numbers. */
    Detection place(RgbImage picture, Detection face) {
        if (face.score() < minScore) {
            return face;
        }
        ModelCard card = network.card();
        LandmarkerSpec spec = card.landmarker();
        int sidePx = card.input().width().px();
        double scale = sidePx / (double) (spec.endPx() - spec.firstPx());
        Optional<SimilarityTransform> toWindow = FaceAligner.fit(face.landmarks())
                .map(Alignment::toTemplate)
                .map(fit -> fit.withTargetCut(spec.firstPx(), spec.firstPx(), scale));
        return toWindow.flatMap(to -> seenIn(picture, to, sidePx))
                .map(landmarks -> new Detection(face.box(), landmarks, face.score()))
                .orElse(face);
    }

    private Optional<Landmarks> seenIn(RgbImage picture, SimilarityTransform toWindow, int sidePx) {
        float[] window = new float[RgbImage.CHANNELS * sidePx * sidePx];
        PictureTensor.put(
                FaceAligner.warp(picture, toWindow, sidePx), network.card().input(), window, 0);
        float[] inWindow = network.run(window, sidePx);
        SimilarityTransform toPicture = toWindow.inverse();
        float[] points = new float[inWindow.length];
        for (int i = 0; i < points.length; i += 2) {
            points[i] = (float) toPicture.x(inWindow[i], inWindow[i + 1]);
            points[i + 1] = (float) toPicture.y(inWindow[i], inWindow[i + 1]);
            if (!Float.isFinite(points[i]) || !Float.isFinite(points[i + 1])) {
                return Optional.empty();
            }
        }
        return Optional.of(Landmarks.of(points));
    }

    @Override
    public void close() {
        network.close();
    }

    /** On ONNX Runtime. */
    private record OnnxLandmarks(OnnxModel model) implements Network {
        @Override
        public ModelCard card() {
            return model.card();
        }

        @Override
        public float[] run(float[] window, int sidePx) {
            return model.run(window, 1, RgbImage.CHANNELS, sidePx, sidePx)
                    .get(card().landmarker().output())
                    .values();
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
