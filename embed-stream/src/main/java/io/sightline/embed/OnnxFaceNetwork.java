package io.sightline.embed;

import io.sightline.inference.ModelException;
import io.sightline.inference.PictureTensor;
import io.sightline.inference.RgbImage;
import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.inference.card.InputSpec;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.onnx.OnnxModel;
import io.sightline.inference.onnx.Provider;
import io.sightline.inference.onnx.ProviderChoice;
import io.sightline.inference.onnx.Tensor;
import io.sightline.inference.store.VerifiedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recogniser run by ONNX Runtime; all that is particular to it stands in its card.
 *
 * <p>Where the card allows batches, faces go through together, in runs of 1, 2, 4, 8 or {@value #MAX_BATCH}, the last one
 * filled up with black: a session asked for ever new shapes never stops taking memory.
 */
final class OnnxFaceNetwork implements FaceNetwork {
    /** The most faces in a run: a crowd of 60 costs four runs, and memory stays bounded. */
    static final int MAX_BATCH = 16;

    private static final int SIDE_PX = FaceAligner.SIDE_PX;
    private static final int PLANE = SIDE_PX * SIDE_PX;

    private final OnnxModel model;
    private final ModelCard card;
    private final EmbedderSpec spec;
    private final BatchMeters meters;

    private OnnxFaceNetwork(OnnxModel model, ModelCard card, BatchMeters meters) {
        this.meters = meters;
        this.model = model;
        this.card = card;
        this.spec = card.embedder();
    }

    static OnnxFaceNetwork open(VerifiedModel verified, EmbedderSettings settings, BatchMeters meters) {
        ModelCard card = verified.card();
        card.embedder();
        InputSpec input = card.input();
        if (!input.width().fits(SIDE_PX) || !input.height().fits(SIDE_PX)) {
            throw new ModelException("model " + card.id() + " takes faces of " + input.width() + " by " + input.height()
                    + ", but faces are aligned to " + SIDE_PX + "x" + SIDE_PX
                    + " px: choose another with models.embedder");
        }
        OnnxFaceNetwork network = new OnnxFaceNetwork(OnnxModel.open(verified, settings.network()), card, meters);
        if (network.computedOn().provider() != Provider.CPU
                || !settings.batchWait().isZero()) {
            network.warmUpBatches();
        }
        return network;
    }

    /** An accelerator plans, or builds an engine, for each shape that it meets: not while a frame waits. */
    private void warmUpBatches() {
        for (int batch = 2; spec.batches() && batch <= MAX_BATCH; batch *= 2) {
            float[] black = new float[batch * RgbImage.CHANNELS * PLANE];
            Arrays.fill(black, card.input().normalised(0));
            model.run(black, batch, RgbImage.CHANNELS, SIDE_PX, SIDE_PX);
        }
    }

    @Override
    public String modelId() {
        return card.id();
    }

    @Override
    public ProviderChoice computedOn() {
        return model.choice();
    }

    @Override
    public List<float[]> vectors(List<RgbImage> aligned) {
        List<float[]> vectors = new ArrayList<>(aligned.size());
        int most = spec.batches() ? MAX_BATCH : 1;
        for (int from = 0; from < aligned.size(); from += most) {
            run(aligned.subList(from, Math.min(aligned.size(), from + most)), vectors);
        }
        return vectors;
    }

    private void run(List<RgbImage> faces, List<float[]> vectors) {
        int batch = batchFor(faces.size());
        float[] input = new float[batch * RgbImage.CHANNELS * PLANE];
        Arrays.fill(
                input,
                faces.size() * RgbImage.CHANNELS * PLANE,
                input.length,
                card.input().normalised(0));
        for (int i = 0; i < faces.size(); i++) {
            PictureTensor.put(faces.get(i), card.input(), input, i * RgbImage.CHANNELS * PLANE);
        }
        meters.ran(faces.size());
        Tensor output =
                model.run(input, batch, RgbImage.CHANNELS, SIDE_PX, SIDE_PX).get(spec.output());
        int dimension = spec.dimension();
        if (output.values().length != batch * dimension) {
            throw new ModelException(
                    "model " + card.id() + " gave " + output + " for " + batch + " faces, but its card promises "
                            + dimension + " values each: correct the card or choose another model");
        }
        for (int i = 0; i < faces.size(); i++) {
            vectors.add(Arrays.copyOfRange(output.values(), i * dimension, (i + 1) * dimension));
        }
    }

    /** The smallest power of two that holds so many faces. */
    static int batchFor(int faces) {
        return faces == 1 ? 1 : Integer.highestOneBit(faces - 1) << 1;
    }

    @Override
    public void close() {
        model.close();
    }
}
