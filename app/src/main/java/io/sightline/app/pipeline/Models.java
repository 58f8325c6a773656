package io.sightline.app.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.sightline.contracts.face.Landmarks;
import io.sightline.detect.DetectorSettings;
import io.sightline.detect.FaceDetector;
import io.sightline.detect.FaceLandmarker;
import io.sightline.detect.jpeg.JpegEncoder;
import io.sightline.embed.BatchMeters;
import io.sightline.embed.FaceEmbedder;
import io.sightline.inference.RgbImage;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.onnx.Provider;
import io.sightline.inference.store.ModelStore;
import io.sightline.inference.store.VerifiedModel;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.Optional;

/** The models of a process, verified and open; fetched first where their files are not there. */
public final class Models implements AutoCloseable {
    private static final int WARM_UP_PX = 160;
    private static final int WARM_UP_TURNS = 60;
    private static final int CROP_QUANTISER_SCALE = 2;
    /** Eyes, nose and mouth where a frontal face of that size has them. */
    private static final Landmarks FRONTAL = Landmarks.of(55, 74, 105, 74, 80, 102, 59, 132, 101, 132);

    private final VerifiedModel detectorModel;
    private final Optional<VerifiedModel> landmarkerModel;
    private final VerifiedModel embedderModel;
    private final FaceDetector detector;
    private final FaceEmbedder embedder;

    private Models(
            VerifiedModel detectorModel,
            Optional<VerifiedModel> landmarkerModel,
            VerifiedModel embedderModel,
            FaceDetector detector,
            FaceEmbedder embedder) {
        this.detectorModel = detectorModel;
        this.landmarkerModel = landmarkerModel;
        this.embedderModel = embedderModel;
        this.detector = detector;
        this.embedder = embedder;
    }

    public static Models open(SightlineSettings settings, Home home) {
        return open(settings, home, new CompositeMeterRegistry());
    }

    /** As {@link #open(SightlineSettings, Home)}, and shows in {@code registry} which models work, and how. */
    public static Models open(SightlineSettings settings, Home home, MeterRegistry registry) {
        ModelStore store = store(settings, home);
        VerifiedModel detectorModel = store.obtain(settings.models().detector());
        Optional<VerifiedModel> landmarkerModel = settings.models().landmarker().map(store::obtain);
        VerifiedModel embedderModel = store.obtain(settings.models().embedder());
        FaceDetector detector = openDetector(detectorModel, landmarkerModel, settings, registry);
        try {
            FaceEmbedder embedder = openEmbedder(embedderModel, settings, registry);
            return new Models(detectorModel, landmarkerModel, embedderModel, detector, embedder);
        } catch (RuntimeException e) {
            detector.close();
            throw e;
        }
    }

    /** The detector with its landmarker, which it owns. */
    public static FaceDetector openDetector(
            VerifiedModel model,
            Optional<VerifiedModel> landmarkerModel,
            SightlineSettings settings,
            MeterRegistry registry) {
        DetectorSettings wanted = settings.detect().detector();
        FaceDetector detector = FaceDetector.open(
                model, wanted, landmarkerModel.map(exact -> FaceLandmarker.open(exact, wanted.minScore())));
        show(registry, "detector", model.card().id(), Provider.CPU);
        landmarkerModel.ifPresent(
                exact -> show(registry, "landmarker", exact.card().id(), Provider.CPU));
        return detector;
    }

    public static FaceEmbedder openEmbedder(VerifiedModel model, SightlineSettings settings, MeterRegistry registry) {
        FaceEmbedder embedder = FaceEmbedder.open(model, settings.embed().embedder(), BatchMeters.in(registry));
        show(registry, "embedder", model.card().id(), embedder.computedOn().provider());
        return embedder;
    }

    private static void show(MeterRegistry registry, String task, String modelId, Provider provider) {
        Meters.gauge(registry, SightlineMeter.MODEL_INFO, () -> 1, task, modelId, provider.toString());
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

    /**
     * Takes a face that is none through crop, alignment and network until the code is compiled: the first faces that cameras see do not
     * wait for it. Some 0.5 s.
     */
    public void warmUp() {
        RgbImage stripes =
                RgbImage.adopt(WARM_UP_PX, WARM_UP_PX, new byte[WARM_UP_PX * WARM_UP_PX * RgbImage.CHANNELS]);
        for (int i = 0; i < stripes.rgb().length; i++) {
            stripes.rgb()[i] = (byte) ((i / RgbImage.CHANNELS) % 9 * 28);
        }
        JpegEncoder encoder = new JpegEncoder(CROP_QUANTISER_SCALE);
        for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
            encoder.encode(stripes);
            embedder.embed(stripes, FRONTAL, WARM_UP_PX);
        }
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

    public Optional<VerifiedModel> landmarkerModel() {
        return landmarkerModel;
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
