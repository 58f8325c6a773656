package io.sightline.detect;

import io.sightline.contracts.face.Box;
import io.sightline.inference.ModelException;
import io.sightline.inference.RgbImage;
import io.sightline.inference.card.Extent;
import io.sightline.inference.card.InputSpec;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.onnx.OnnxModel;
import io.sightline.inference.onnx.OnnxOptions;
import io.sightline.inference.store.VerifiedModel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Finds faces in pictures by a RetinaFace (Deng et al., 2020): letterbox, network, decoding, suppression; and, where there is a
 * {@link FaceLandmarker}, has it place their landmarks. All that it knows of the network comes from the model's card.
 *
 * <p>The input has one size for the detector's life (a network asked for ever new sizes never stops taking memory): the
 * card's where it is fixed, else the settings'. Thread-safe; {@link #close} frees the network and the landmarker, after the last call.
 */
public final class FaceDetector implements FaceFinder, AutoCloseable {
    private final Network network;
    private final ModelCard card;
    private final DetectorSettings settings;
    private final int inputWidthPx;
    private final int inputHeightPx;
    private final HeadReader reader;
    private final HeadDecoder decoder;
    private final Suppression suppression;
    private final Optional<FaceLandmarker> landmarker;
    /** One per thread that was ever in {@link #detect} at the same time as others. */
    private final Queue<InputTensor> spareInputs = new ConcurrentLinkedQueue<>();

    /** The network itself, loaded; takes {@code [1][3][height][width]}. */
    interface Network extends AutoCloseable {
        HeadOutputs run(FloatBuffer input, int heightPx, int widthPx);

        @Override
        void close();
    }

    FaceDetector(Network network, ModelCard card, DetectorSettings settings, Optional<FaceLandmarker> landmarker) {
        InputSpec input = card.input();
        this.network = network;
        this.card = card;
        this.settings = settings;
        this.inputWidthPx = side(input.width(), settings.inputWidthPx());
        this.inputHeightPx = side(input.height(), settings.inputHeightPx());
        this.reader = new HeadReader(card.detector(), inputWidthPx, inputHeightPx);
        this.decoder = new HeadDecoder(card.detector(), settings.minScore());
        this.suppression = new Suppression(settings.maxOverlap(), settings.maxFaces());
        this.landmarker = landmarker;
    }

    /** As {@link #open(VerifiedModel, DetectorSettings, Optional)}, with the landmarks as the detector itself gives them. */
    public static FaceDetector open(VerifiedModel verified, DetectorSettings settings) {
        return open(verified, settings, Optional.empty());
    }

    /**
     * Throws {@link ModelException} when the model is no detector, does not fit its card, or does not take the settings' input size.
     *
     * @param landmarker belongs to the detector from now on: it is closed with it, and when this throws
     */
    public static FaceDetector open(
            VerifiedModel verified, DetectorSettings settings, Optional<FaceLandmarker> landmarker) {
        try {
            return opened(verified, settings, landmarker);
        } catch (RuntimeException e) {
            landmarker.ifPresent(FaceLandmarker::close);
            throw e;
        }
    }

    private static FaceDetector opened(
            VerifiedModel verified, DetectorSettings settings, Optional<FaceLandmarker> landmarker) {
        ModelCard card = verified.card();
        card.detector();
        check(card, "detect.input-width-px", card.input().width(), settings.inputWidthPx());
        check(card, "detect.input-height-px", card.input().height(), settings.inputHeightPx());
        OnnxModel model = OnnxModel.open(verified, OnnxOptions.cpu(settings.threads()));
        FaceDetector detector = new FaceDetector(new OnnxNetwork(model), card, settings, landmarker);
        model.warmUp(detector.inputWidthPx, detector.inputHeightPx);
        return detector;
    }

    private static int side(Extent allowed, int wantedPx) {
        return allowed.isFixed() ? allowed.px() : wantedPx;
    }

    private static void check(ModelCard card, String setting, Extent allowed, int wantedPx) {
        if (!allowed.fits(side(allowed, wantedPx))) {
            throw new ModelException("'" + setting + "' is " + wantedPx + ", but model " + card.id() + " takes "
                    + allowed + ": change the setting");
        }
    }

    /** The card of the model it runs. */
    public ModelCard card() {
        return card;
    }

    @Override
    public List<Detection> detect(RgbImage picture) {
        Letterbox letterbox = Letterbox.fit(picture.widthPx(), picture.heightPx(), inputWidthPx, inputHeightPx);
        List<Detection> faces = new ArrayList<>();
        for (Detection found : suppression.apply(run(picture, letterbox))) {
            Detection face = letterbox.toPicture(found);
            if (isLargeEnough(face.box()) && isWithin(face.box(), picture)) {
                faces.add(landmarker.map(exact -> exact.place(picture, face)).orElse(face));
            }
        }
        return faces;
    }

    private List<Detection> run(RgbImage picture, Letterbox letterbox) {
        InputTensor spare = spareInputs.poll();
        InputTensor input = spare == null ? new InputTensor(card.input(), inputWidthPx, inputHeightPx) : spare;
        try {
            HeadOutputs outputs = network.run(input.fill(picture, letterbox), inputHeightPx, inputWidthPx);
            List<Detection> found = new ArrayList<>();
            reader.read(outputs).forEach(level -> decoder.decode(level, found));
            return found;
        } finally {
            spareInputs.add(input);
        }
    }

    private boolean isLargeEnough(Box box) {
        return box.widthPx() >= settings.minFacePx() && box.heightPx() >= settings.minFacePx();
    }

    /** What the empty rest of the input seems to hold is no face of the picture. */
    private static boolean isWithin(Box box, RgbImage picture) {
        float x = (box.left() + box.right()) / 2;
        float y = (box.top() + box.bottom()) / 2;
        return x >= 0 && x < picture.widthPx() && y >= 0 && y < picture.heightPx();
    }

    @Override
    public void close() {
        try {
            network.close();
        } finally {
            landmarker.ifPresent(FaceLandmarker::close);
        }
    }
}
