package io.sightline.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.card.AnchorConvention;
import io.sightline.inference.card.ChannelOrder;
import io.sightline.inference.card.DetectorSpec;
import io.sightline.inference.card.Extent;
import io.sightline.inference.card.InputSpec;
import io.sightline.inference.card.Layout;
import io.sightline.inference.card.Level;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.card.ModelOrigin;
import io.sightline.inference.store.VerifiedModel;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaceDetectorTest {
    private static final int STRIDE = 16;
    private static final int COLUMNS = 640 / STRIDE;
    private static final int ROWS = 384 / STRIDE;

    @Test
    void faceInTheInputIsGivenInThePicturesPixels() {
        PlantedNetwork network = new PlantedNetwork();
        network.plant(10, 5, 0.9f);
        FaceDetector detector = new FaceDetector(network, card(), DetectorSettings.defaults(), Optional.empty());

        List<Detection> faces = detector.detect(Pictures.flat(1280, 720, 0x808080));

        // middle of cell 10, 5 in the input: 16·10 + 8, 16·5 + 8; anchor 64; the picture is twice as large
        assertThat(faces).hasSize(1);
        assertThat(faces.get(0).box().left()).isCloseTo(2 * (168 - 32), within(1e-3f));
        assertThat(faces.get(0).box().bottom()).isCloseTo(2 * (88 + 32), within(1e-3f));
        assertThat(faces.get(0).landmarks().x(2)).isCloseTo(2 * 168, within(1e-3f));
    }

    @Test
    void smallFacesAndFacesBesideThePictureAreLeftOut() {
        PlantedNetwork network = new PlantedNetwork();
        network.plant(10, 5, 0.9f);
        network.plant(10, 23, 0.95f);
        DetectorSettings settings = DetectorSettings.defaults();
        DetectorSettings larger = new DetectorSettings(640, 384, 0.4f, 0.4f, 129, 200, 1);

        assertThat(new FaceDetector(network, card(), settings, Optional.empty()).detect(Pictures.flat(1280, 720, 0)))
                .extracting(Detection::score)
                .containsExactly(0.9f);
        assertThat(new FaceDetector(network, card(), larger, Optional.empty()).detect(Pictures.flat(1280, 720, 0)))
                .isEmpty();
    }

    @Test
    void sixtyFacesAreFoundBestFirst() {
        PlantedNetwork network = new PlantedNetwork();
        for (int i = 0; i < 60; i++) {
            network.plant(i % 10 * 4, i / 10 * 4 % ROWS, 0.5f + i / 200f);
        }
        FaceDetector detector = new FaceDetector(network, card(), DetectorSettings.defaults(), Optional.empty());

        List<Detection> faces = detector.detect(Pictures.flat(640, 384, 0));

        assertThat(faces).hasSize(60);
        assertThat(faces).extracting(Detection::score).isSortedAccordingTo((a, b) -> Float.compare(b, a));
    }

    @Test
    void pictureOfOnePixelHasNoFace() {
        FaceDetector detector =
                new FaceDetector(new PlantedNetwork(), card(), DetectorSettings.defaults(), Optional.empty());

        assertThat(detector.detect(Pictures.flat(1, 1, 0xffffff))).isEmpty();
    }

    @Test
    void landmarkerHasTheLastWordOnTheLandmarksOfWhatIsKept() {
        PlantedNetwork network = new PlantedNetwork();
        network.plant(10, 5, 0.9f);
        network.plant(10, 23, 0.95f);
        PlantedLandmarks middle = new PlantedLandmarks(40, 40, 40, 40, 40, 40, 40, 40, 40, 40);
        Detection rough = only(new FaceDetector(network, card(), DetectorSettings.defaults(), Optional.empty()));

        Detection exact = only(new FaceDetector(
                network, card(), DetectorSettings.defaults(), Optional.of(new FaceLandmarker(middle, 0.4f))));

        // the window's middle is the template's 56, 56
        var toPicture =
                FaceAligner.fit(rough.landmarks()).orElseThrow().toTemplate().inverse();
        assertThat(exact.box()).isEqualTo(rough.box());
        assertThat(exact.landmarks().x(3)).isCloseTo((float) toPicture.x(56, 56), within(1e-3f));
        assertThat(exact.landmarks().y(3)).isCloseTo((float) toPicture.y(56, 56), within(1e-3f));
        assertThat(middle.runs).isEqualTo(1);
    }

    @Test
    void closingClosesTheNetworkAndTheLandmarker() {
        PlantedNetwork network = new PlantedNetwork();
        PlantedLandmarks landmarks = new PlantedLandmarks();

        new FaceDetector(network, card(), DetectorSettings.defaults(), Optional.of(new FaceLandmarker(landmarks, 0)))
                .close();

        assertThat(network.isClosed).isTrue();
        assertThat(landmarks.isClosed).isTrue();
    }

    @Test
    void detectorThatCannotBeOpenedClosesItsLandmarker() {
        PlantedLandmarks landmarks = new PlantedLandmarks();
        VerifiedModel noDetector = new VerifiedModel(landmarks.card(), Path.of("planted.onnx"), Path.of("."));

        assertThatThrownBy(() -> FaceDetector.open(
                        noDetector, DetectorSettings.defaults(), Optional.of(new FaceLandmarker(landmarks, 0))))
                .hasMessageContaining("kind detector is needed here");
        assertThat(landmarks.isClosed).isTrue();
    }

    private static Detection only(FaceDetector detector) {
        List<Detection> faces = detector.detect(Pictures.flat(1280, 720, 0x808080));
        assertThat(faces).hasSize(1);
        return faces.get(0);
    }

    private static ModelCard card() {
        Extent any = Extent.multipleOf(32);
        return new ModelCard(
                "planted",
                "planted.onnx",
                "0".repeat(64),
                ModelOrigin.parse("repository").orElseThrow(),
                "none",
                new InputSpec("data", Layout.NCHW, any, any, ChannelOrder.RGB, 0, 1),
                new DetectorSpec(
                        List.of(new Level(STRIDE, "scores", "boxes", "landmarks", List.of(64))),
                        AnchorConvention.INSIGHTFACE,
                        1,
                        1,
                        1));
    }

    /** Sees a face exactly as large as its anchor wherever one was planted, and in it the landmarks of somebody who looks ahead. */
    private static final class PlantedNetwork implements FaceDetector.Network {
        /** Offsets from the anchor's middle in its sides. */
        private static final float[] FRONTAL = {-0.2f, -0.1f, 0.2f, -0.1f, 0, 0.05f, -0.15f, 0.25f, 0.15f, 0.25f};

        private final List<int[]> cells = new ArrayList<>();
        private final List<Float> scores = new ArrayList<>();
        private boolean isClosed;

        void plant(int column, int row, float score) {
            cells.add(new int[] {column, row});
            scores.add(score);
        }

        @Override
        public HeadOutputs run(FloatBuffer input, int heightPx, int widthPx) {
            assertThat(input.capacity()).isEqualTo(3 * heightPx * widthPx);
            int size = COLUMNS * ROWS;
            float[] score = new float[2 * size];
            for (int i = 0; i < cells.size(); i++) {
                score[size + cells.get(i)[1] * COLUMNS + cells.get(i)[0]] = scores.get(i);
            }
            float[] landmarks = new float[10 * size];
            for (int channel = 0; channel < 10; channel++) {
                Arrays.fill(landmarks, channel * size, (channel + 1) * size, FRONTAL[channel]);
            }
            Map<String, float[]> outputs =
                    Map.of("scores", score, "boxes", new float[4 * size], "landmarks", landmarks);
            return new HeadOutputs() {
                @Override
                public float[] values(String name) {
                    return outputs.getOrDefault(name, new float[0]);
                }

                @Override
                public int rank(String name) {
                    return 4;
                }
            };
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
