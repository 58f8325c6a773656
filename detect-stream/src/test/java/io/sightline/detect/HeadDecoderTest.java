package io.sightline.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Landmarks;
import io.sightline.detect.HeadDecoder.LevelOutputs;
import io.sightline.inference.card.AnchorConvention;
import io.sightline.inference.card.DetectorSpec;
import io.sightline.inference.card.Level;
import io.sightline.inference.card.ScoreForm;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HeadDecoderTest {
    private static final Offset<Float> TOLERANCE = within(1e-3f);

    private static final DetectorSpec INSIGHTFACE = new DetectorSpec(
            List.of(new Level(16, "s", "b", "l", List.of(128, 64))), AnchorConvention.INSIGHTFACE, 1, 1, 1);
    private static final DetectorSpec PYTORCH = new DetectorSpec(
            List.of(new Level(16, "s", "b", "l", List.of(64, 128))),
            AnchorConvention.PYTORCH_RETINAFACE,
            0.1f,
            0.2f,
            1);

    /** Cell 7 of 5 columns is column 2, row 1: middle at index 39.5, 23.5 by InsightFace. */
    @Test
    void insightFaceBoxMatchesTheNumbersOfItsOwnFormula() {
        AnchorLevel level = AnchorLevel.covering(80, 48, 16, 8, List.of(128, 64));
        float[] box = new float[level.anchors() * 4];
        float[] landmarks = new float[level.anchors() * 10];
        set(box, level, 7, 1, 4, 0.25f, -0.5f, 0.1f, -0.2f);
        set(landmarks, level, 7, 1, 10, 0.1f, -0.1f, 0.2f, -0.2f, 0, 0, -0.3f, 0.3f, 0.5f, 0.5f);

        List<Detection> found = decode(INSIGHTFACE, level, scoreAt(level, 7, 1, 0.9f), box, landmarks);

        // by index: c = (39.5 + 64·0.25, 23.5 − 64·0.5) = (55.5, −8.5), w = 64·e^0.1 = 70.7309, h = 64·e^−0.2 =
        // 52.3988;
        // first pixel c − (w − 1)/2, last pixel c + (w − 1)/2; an index i spans i to i + 1
        assertThat(found).hasSize(1);
        Detection face = found.get(0);
        assertThat(face.score()).isEqualTo(0.9f);
        assertThat(face.box().left()).isCloseTo(55.5f - 69.7309f / 2 + 0.0f, TOLERANCE);
        assertThat(face.box().top()).isCloseTo(-8.5f - 51.3988f / 2, TOLERANCE);
        assertThat(face.box().right()).isCloseTo(55.5f + 69.7309f / 2 + 1, TOLERANCE);
        assertThat(face.box().bottom()).isCloseTo(-8.5f + 51.3988f / 2 + 1, TOLERANCE);
        assertThat(face.landmarks().x(0)).isCloseTo(39.5f + 6.4f + 0.5f, TOLERANCE);
        assertThat(face.landmarks().y(0)).isCloseTo(23.5f - 6.4f + 0.5f, TOLERANCE);
        assertThat(face.landmarks().x(4)).isCloseTo(39.5f + 32 + 0.5f, TOLERANCE);
    }

    /** Cell 7 of 5 columns has its middle at 40, 24 by Pytorch_Retinaface. */
    @Test
    void pytorchBoxMatchesTheNumbersOfItsOwnFormula() {
        AnchorLevel level = AnchorLevel.covering(80, 48, 16, 8, List.of(64, 128));
        float[] box = new float[level.anchors() * 4];
        float[] landmarks = new float[level.anchors() * 10];
        set(box, level, 7, 1, 4, 0.5f, -1, 1, -0.5f);
        set(landmarks, level, 7, 1, 10, 1, -1, 2, -2, 0, 0, -3, 3, 0.5f, 0.5f);

        List<Detection> found = decode(PYTORCH, level, scoreAt(level, 7, 1, 0.75f), box, landmarks);

        // cx = 40 + 0.5·0.1·128 = 46.4, cy = 24 − 12.8 = 11.2, w = 128·e^0.2 = 156.3396, h = 128·e^−0.1 = 115.8192
        assertThat(found).hasSize(1);
        Detection face = found.get(0);
        assertThat(face.box().left()).isCloseTo(46.4f - 78.1698f, TOLERANCE);
        assertThat(face.box().top()).isCloseTo(11.2f - 57.9096f, TOLERANCE);
        assertThat(face.box().right()).isCloseTo(46.4f + 78.1698f, TOLERANCE);
        assertThat(face.box().bottom()).isCloseTo(11.2f + 57.9096f, TOLERANCE);
        assertThat(face.landmarks())
                .isEqualTo(Landmarks.of(
                        40 + 12.8f,
                        24 - 12.8f,
                        40 + 25.6f,
                        24 - 25.6f,
                        40,
                        24,
                        40 - 38.4f,
                        24 + 38.4f,
                        40 + 6.4f,
                        24 + 6.4f));
    }

    @Test
    void scoreBelowTheThresholdIsLeftOut() {
        AnchorLevel level = AnchorLevel.covering(32, 32, 16, 8, List.of(64));
        float[] scores = {0.49999f, 0.5f, Float.NaN, 1.0001f};

        List<Detection> found = decode(PYTORCH, level, scores, new float[16], new float[40]);

        assertThat(found).extracting(Detection::score).containsExactly(0.5f, 1f);
    }

    /** Softmax of (1, 3): e³ / (e¹ + e³) = 0.880797; of (0, 0): 0.5. */
    @Test
    void logitsBecomeProbabilities() {
        AnchorLevel level = AnchorLevel.covering(48, 16, 16, 8, List.of(64));
        DetectorSpec logits = new DetectorSpec(
                PYTORCH.levels(), AnchorConvention.PYTORCH_RETINAFACE, 0.1f, 0.2f, 1, ScoreForm.LOGITS);
        List<Detection> found = new ArrayList<>();

        new HeadDecoder(logits, 0.5f)
                .decode(
                        new LevelOutputs(
                                level,
                                HeadView.rows(new float[] {1, 3, 3, 1, 0, 0}, level, 0, 2),
                                HeadView.rows(new float[12], level, 0, 4),
                                HeadView.rows(new float[30], level, 0, 10)),
                        found);

        assertThat(found).hasSize(2);
        assertThat(found.get(0).score()).isCloseTo(0.880797f, TOLERANCE);
        assertThat(found.get(1).score()).isCloseTo(0.5f, TOLERANCE);
    }

    @Test
    void boxThatIsNoNumberIsLeftOut() {
        AnchorLevel level = AnchorLevel.covering(64, 16, 16, 8, List.of(64));
        float[] box = new float[16];
        float[] landmarks = new float[40];
        set(box, level, 0, 0, 4, 0, 0, 1e9f, 0);
        set(box, level, 1, 0, 4, Float.NaN, 0, 0, 0);
        set(box, level, 2, 0, 4, 0, 0, -1e9f, 0);
        set(landmarks, level, 3, 0, 10, Float.POSITIVE_INFINITY);

        assertThat(decode(PYTORCH, level, new float[] {1, 1, 1, 1}, box, landmarks))
                .isEmpty();
    }

    private static List<Detection> decode(
            DetectorSpec head, AnchorLevel level, float[] scores, float[] box, float[] landmarks) {
        List<Detection> found = new ArrayList<>();
        new HeadDecoder(head, 0.5f)
                .decode(
                        new LevelOutputs(
                                level,
                                HeadView.rows(scores, level, 0, 1),
                                HeadView.rows(box, level, 0, 4),
                                HeadView.rows(landmarks, level, 0, 10)),
                        found);
        return found;
    }

    private static float[] scoreAt(AnchorLevel level, int cell, int anchor, float score) {
        float[] scores = new float[level.anchors()];
        set(scores, level, cell, anchor, 1, score);
        return scores;
    }

    private static void set(float[] rows, AnchorLevel level, int cell, int anchor, int channels, float... values) {
        System.arraycopy(values, 0, rows, (cell * level.anchorsPerCell() + anchor) * channels, values.length);
    }
}
