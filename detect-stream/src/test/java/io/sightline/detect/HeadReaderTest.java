package io.sightline.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.detect.HeadDecoder.LevelOutputs;
import io.sightline.inference.ModelException;
import io.sightline.inference.card.AnchorConvention;
import io.sightline.inference.card.DetectorSpec;
import io.sightline.inference.card.Level;
import io.sightline.inference.card.ScoreForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every value of the synthetic outputs tells where it belongs: level, cell, anchor, channel. */
class HeadReaderTest {
    private static final int INPUT_WIDTH = 64;
    private static final int INPUT_HEIGHT = 32;
    private static final int[] STRIDES = {8, 16};
    private static final int ANCHORS = 2;

    @Test
    void insightFacePlanesGiveFaceScoresAfterAllBackgrounds() {
        FakeOutputs outputs = new FakeOutputs();
        for (int stride : STRIDES) {
            outputs.planes("s" + stride, stride, 2, false);
            outputs.planes("b" + stride, stride, 4, true);
            outputs.planes("l" + stride, stride, 10, true);
        }

        check(reader(AnchorConvention.INSIGHTFACE, "").read(outputs));
    }

    @Test
    void pytorchPlanesGiveFaceScoresBesideTheirBackgrounds() {
        FakeOutputs outputs = new FakeOutputs();
        for (int stride : STRIDES) {
            outputs.planes("s" + stride, stride, 2, true);
            outputs.planes("b" + stride, stride, 4, true);
            outputs.planes("l" + stride, stride, 10, true);
        }

        check(reader(AnchorConvention.PYTORCH_RETINAFACE, "").read(outputs));
    }

    @Test
    void rowsOfOneLevelEachAreRead() {
        FakeOutputs outputs = new FakeOutputs();
        for (int stride : STRIDES) {
            outputs.rows("s" + stride, 2, stride);
            outputs.rows("b" + stride, 4, stride);
            outputs.rows("l" + stride, 10, stride);
        }

        check(reader(AnchorConvention.PYTORCH_RETINAFACE, "").read(outputs));
    }

    @Test
    void rowsOfAllLevelsInOneOutputAreRead() {
        FakeOutputs outputs = new FakeOutputs();
        outputs.rows("conf", 2, STRIDES);
        outputs.rows("loc", 4, STRIDES);
        outputs.rows("landms", 10, STRIDES);

        check(reader(AnchorConvention.PYTORCH_RETINAFACE, "all").read(outputs));
    }

    @Test
    void logitsKeepTheirBackground() {
        for (AnchorConvention convention : AnchorConvention.values()) {
            FakeOutputs outputs = allPlanes();
            outputs.planes("s8", 8, 2, convention == AnchorConvention.PYTORCH_RETINAFACE);
            DetectorSpec head = new DetectorSpec(List.of(level(8, "")), convention, 1, 1, 1, ScoreForm.LOGITS);

            HeadView scores = new HeadReader(head, INPUT_WIDTH, INPUT_HEIGHT)
                    .read(outputs)
                    .get(0)
                    .score();

            assertThat(scores.at(5, 1, 0)).isEqualTo(value(8, 5, 1, 0));
            assertThat(scores.at(5, 1, 1)).isEqualTo(value(8, 5, 1, 1));
        }
    }

    @Test
    void anchorsStandWhereEachConventionPutsThem() {
        List<LevelOutputs> insightFace =
                reader(AnchorConvention.INSIGHTFACE, "").read(allPlanes());
        List<LevelOutputs> pytorch =
                reader(AnchorConvention.PYTORCH_RETINAFACE, "").read(allPlanes());

        AnchorLevel coarse = insightFace.get(1).level();
        assertThat(coarse.centreX(6)).isEqualTo(16 * 2 + 8);
        assertThat(coarse.centreY(6)).isEqualTo(16 + 8);
        assertThat(insightFace.get(0).level().centreX(3)).isEqualTo(8 * 3 + 8);
        assertThat(pytorch.get(0).level().centreX(3)).isEqualTo(8 * 3.5f);
        assertThat(pytorch.get(1).level().centreX(6)).isEqualTo(16 * 2.5f);
    }

    @Test
    void outputOfAnotherSizeIsNamed() {
        FakeOutputs outputs = allPlanes();
        outputs.values.put("b16", new float[12]);

        assertThatThrownBy(() -> reader(AnchorConvention.INSIGHTFACE, "").read(outputs))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'b16' has 12 values, the card makes it 64");
    }

    private static FakeOutputs allPlanes() {
        FakeOutputs outputs = new FakeOutputs();
        for (int stride : STRIDES) {
            outputs.planes("s" + stride, stride, 2, true);
            outputs.planes("b" + stride, stride, 4, true);
            outputs.planes("l" + stride, stride, 10, true);
        }
        return outputs;
    }

    private static HeadReader reader(AnchorConvention convention, String form) {
        List<Level> levels = List.of(level(8, form), level(16, form));
        return new HeadReader(new DetectorSpec(levels, convention, 1, 1, 1), INPUT_WIDTH, INPUT_HEIGHT);
    }

    private static Level level(int stride, String form) {
        return form.equals("all")
                ? new Level(stride, "conf", "loc", "landms", List.of(16, 32))
                : new Level(stride, "s" + stride, "b" + stride, "l" + stride, List.of(16, 32));
    }

    private static void check(List<LevelOutputs> read) {
        for (int i = 0; i < STRIDES.length; i++) {
            LevelOutputs level = read.get(i);
            for (int cell = 0; cell < level.level().cells(); cell++) {
                for (int anchor = 0; anchor < ANCHORS; anchor++) {
                    assertThat(level.score().at(cell, anchor, 0)).isEqualTo(value(STRIDES[i], cell, anchor, 1));
                    assertThat(level.box().at(cell, anchor, 3)).isEqualTo(value(STRIDES[i], cell, anchor, 3));
                    assertThat(level.landmarks().at(cell, anchor, 9)).isEqualTo(value(STRIDES[i], cell, anchor, 9));
                }
            }
        }
    }

    private static float value(int stride, int cell, int anchor, int channel) {
        return stride * 10_000 + cell * 100 + anchor * 10 + channel;
    }

    private static int cells(int stride) {
        return INPUT_WIDTH / stride * (INPUT_HEIGHT / stride);
    }

    /** Outputs in each of the forms that networks give. */
    private static final class FakeOutputs implements HeadOutputs {
        final Map<String, float[]> values = new HashMap<>();
        private final Map<String, Integer> ranks = new HashMap<>();

        void planes(String name, int stride, int channels, boolean isByAnchor) {
            int cells = cells(stride);
            float[] planes = new float[ANCHORS * channels * cells];
            for (int anchor = 0; anchor < ANCHORS; anchor++) {
                for (int channel = 0; channel < channels; channel++) {
                    int plane = isByAnchor ? anchor * channels + channel : channel * ANCHORS + anchor;
                    for (int cell = 0; cell < cells; cell++) {
                        planes[plane * cells + cell] = value(stride, cell, anchor, channel);
                    }
                }
            }
            values.put(name, planes);
            ranks.put(name, 4);
        }

        void rows(String name, int channels, int... strides) {
            int rows = 0;
            for (int stride : strides) {
                rows += cells(stride) * ANCHORS;
            }
            float[] all = new float[rows * channels];
            int at = 0;
            for (int stride : strides) {
                for (int i = 0; i < cells(stride) * ANCHORS * channels; i++) {
                    all[at++] = value(stride, i / channels / ANCHORS, i / channels % ANCHORS, i % channels);
                }
            }
            values.put(name, all);
            ranks.put(name, 3);
        }

        @Override
        public float[] values(String name) {
            return values.getOrDefault(name, new float[0]);
        }

        @Override
        public int rank(String name) {
            return ranks.getOrDefault(name, 4);
        }
    }
}
