package io.sightline.inference.card;

import static io.sightline.inference.card.CardFiles.DETECTOR;
import static io.sightline.inference.card.CardFiles.EMBEDDER;
import static io.sightline.inference.card.CardFiles.LANDMARKER;
import static io.sightline.inference.card.CardFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.ModelOrigin.NpmPackage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelCardTest {
    @TempDir
    Path folder;

    @Test
    void embedderCardIsReadFieldByField() {
        ModelCard card = read(EMBEDDER);

        assertThat(card)
                .isEqualTo(new ModelCard(
                        "tiny-embedder",
                        "tiny.onnx",
                        "f".repeat(64),
                        new ModelOrigin.Repository(),
                        "Apache-2.0",
                        new InputSpec(
                                "input",
                                Layout.NCHW,
                                Extent.fixed(4),
                                Extent.fixed(4),
                                ChannelOrder.RGB,
                                127.5f,
                                0.0078125f),
                        new EmbedderSpec("output", 2, false, 0.4, 0.1, "made for tests")));
        assertThat(card.embedder().outputNames()).containsExactly("output");
        assertThat(card.input().normalised(255)).isEqualTo(127.5f / 128);
    }

    @Test
    void detectorCardIsReadFieldByField() {
        ModelCard card = read(DETECTOR);

        assertThat(card.origin()).isEqualTo(new NpmPackage("some-package", "1.0.0", "model/tiny.onnx"));
        assertThat(card.input().width()).isEqualTo(Extent.multipleOf(32));
        assertThat(card.input().channels()).isEqualTo(ChannelOrder.BGR);
        assertThat(card.detector())
                .isEqualTo(new DetectorSpec(
                        List.of(new Level(8, "scores8", "boxes8", "landmarks8", List.of(16, 32))),
                        AnchorConvention.PYTORCH_RETINAFACE,
                        0.1f,
                        0.2f,
                        1));
        assertThat(card.detector().outputNames()).containsExactly("scores8", "boxes8", "landmarks8");
    }

    @Test
    void landmarkerCardIsReadFieldByField() {
        ModelCard card = read(LANDMARKER);

        assertThat(card.kind()).isEqualTo(ModelKind.LANDMARKER);
        assertThat(card.landmarker()).isEqualTo(new LandmarkerSpec("output", 6, 106));
        assertThat(card.landmarker().outputNames()).containsExactly("output");
        assertThatThrownBy(() -> read(EMBEDDER).landmarker())
                .hasMessageContaining("is of kind embedder, but kind landmarker is needed here");
    }

    @Test
    void windowOfALandmarkerMustHaveAnExtent() {
        assertThatThrownBy(() -> read(LANDMARKER.replace("window-end-px: 106", "window-end-px: 6")))
                .hasMessageContaining("landmarker.window-end-px: must be above window-first-px, 6.0");
        assertThatThrownBy(() -> read(LANDMARKER.replace("window-first-px: 6", "window-first-px: -200")))
                .hasMessageContaining("landmarker.window-first-px: -200: must be a number from -112.0 to 112.0");
    }

    @Test
    void allMistakesAreToldAtOnceWithTheirFields() {
        String wrong = DETECTOR.replace("id: tiny-detector", "id: Tiny Detector")
                .replace("file: tiny.onnx", "file: ../tiny.onnx")
                .replace("sha256: ffff", "sha256: ff")
                .replace("#model/tiny.onnx", "")
                .replace("licence: MIT\n", "")
                .replace("layout: nchw", "layout: nhwc")
                .replace("mean: 0", "mean: -1")
                .replace("scale: 1", "scale: one")
                .replace("anchors: pytorch-retinaface", "anchors: yolo")
                .replace("[16, 32]", "[16, big]")
                .replace("boxes: boxes8", "boxen: boxes8");

        assertThatThrownBy(() -> read(wrong)).isInstanceOf(ModelException.class).hasMessage("""
                        the model card %s has 12 mistakes; correct the file:
                          id: Tiny Detector: must be 1 to 64 of a-z, 0-9 and -
                          file: ../tiny.onnx: must be a plain file name
                          sha256: ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff: must be 64 lower-case hexadecimal digits
                          origin: npm:some-package@1.0.0: must be 'repository', or 'npm:package@version#path/in/the/package' with an exact version
                          licence: missing: must be a text that is not empty
                          input.layout: nhwc: must be nchw
                          input.mean: -1: must be a number from 0.0 to 255.0
                          input.scale: one: must be a number from 1.0E-6 to 1000.0
                          detector.anchors: yolo: must be insightface or pytorch-retinaface
                          detector.levels[0].anchors-px: big: must be whole numbers from 1 to 4096
                          detector.levels[0].boxes: missing: must be a text that is not empty
                          detector.levels[0].boxen: unknown field; known here are stride-px, anchors-px, scores, boxes, landmarks""".formatted(
                        folder.resolve("card.yaml")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            width-px: 4      | width-px: 0          | input.width-px: 0: must be a whole number from 1 to 8192
            width-px: 4      | width-px: 4.5        | input.width-px: 4.5: must be a whole number from 1 to 8192
            width-px: 4      | with-px: 4           | input.width-px: missing: must be a whole number from 1 to 8192
            dimension: 2     | dimension: 1         | embedder.dimension: 1: must be a whole number from 2 to 4096
            batches: false   | batches: nope        | embedder.batches: nope: must be true or false
            threshold: 0.40  | threshold: 40        | embedder.threshold: 40: must be a number from -1.0 to 1.0
            margin: 0.10     | margin: .nan         | embedder.margin: NaN: must be a number from 0.0 to 2.0
            kind: embedder   | kind: tracker        | kind: tracker: must be detector or landmarker or embedder
            kind: embedder   | kind: detector       | detector: missing: must be a mapping
            licence: Apache-2.0 | licence: 2        | licence: 2: must be a text that is not empty
            notes: none      | colour: blue         | colour: unknown field; known here are id, file, sha256, origin, licence, input, kind, embedder, notes
            """)
    void eachFieldSaysWhatItMayBe(String right, String wrong, String message) {
        assertThatThrownBy(() -> read(EMBEDDER.replace(right, wrong)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("\n  " + message);
    }

    @Test
    void twoSizesOfOneSideContradict() {
        assertThatThrownBy(() -> read(EMBEDDER.replace("width-px: 4", "width-px: 4\n  width-multiple-of-px: 4")))
                .hasMessageContaining("has a mistake; correct the file")
                .hasMessageContaining("input.width-px: contradicts width-multiple-of-px: keep one of them");
    }

    @Test
    void inputMustHoldWholeCellsOfEachLevel() {
        assertThatThrownBy(() -> read(DETECTOR.replace("stride-px: 8", "stride-px: 64")))
                .hasMessageContaining(
                        "detector.levels: stride 64 px does not divide the input, a multiple of 32 px by a"
                                + " multiple of 32 px");
    }

    @Test
    void sectionsAndListsHaveTheirForm() {
        assertThatThrownBy(() -> read(DETECTOR.replace("levels:", "levels: []\n  others:")))
                .hasMessageContaining("detector.levels: empty: must be a list of mappings")
                .hasMessageContaining("detector.others: unknown field");
        assertThatThrownBy(() -> read(DETECTOR.replace("[16, 32]", "16")))
                .hasMessageContaining("detector.levels[0].anchors-px: 16: must be a list of whole numbers");
        assertThatThrownBy(() -> read(EMBEDDER.replace("notes: none", "notes: none\ninput: rgb")))
                .hasMessageContaining("is not valid YAML; correct the file")
                .hasMessageContaining("duplicate key input");
        assertThatThrownBy(() -> read("input: rgb\nkind: embedder"))
                .hasMessageContaining("input: rgb: must be a mapping of fields");
    }

    @Test
    void aFileThatIsNoCardSaysSo() {
        assertThatThrownBy(() -> read("")).hasMessageEndingWith("card.yaml must be a mapping of fields, but is empty");
        assertThatThrownBy(() -> read("- a\n- b"))
                .hasMessageEndingWith("card.yaml must be a mapping of fields, but is a ArrayList");
        assertThatThrownBy(() -> read("a: [")).hasMessageContaining("is not valid YAML");
        assertThatThrownBy(() -> read("!!java.lang.Runtime {}")).hasMessageContaining("is not valid YAML");
        assertThatThrownBy(() -> ModelCard.read(folder.resolve("none.yaml")))
                .hasMessageEndingWith("none.yaml does not exist: restore it from the repository");
        assertThatThrownBy(() -> ModelCard.read(folder)).hasMessageContaining("cannot be read");
    }

    @Test
    void aModelOfTheOtherKindIsRefused() {
        assertThatThrownBy(() -> read(EMBEDDER).detector())
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "model tiny-embedder is of kind embedder, but kind detector is needed here: choose a model whose card says kind: detector");
        assertThatThrownBy(() -> read(DETECTOR).embedder()).hasMessageContaining("but kind embedder is needed here");
    }

    @Test
    void sidesFollowTheirRule() {
        assertThat(Extent.fixed(112).fits(112)).isTrue();
        assertThat(Extent.fixed(112).fits(224)).isFalse();
        assertThat(Extent.multipleOf(32).fits(640)).isTrue();
        assertThat(Extent.multipleOf(32).fits(0)).isFalse();
        assertThat(Extent.multipleOf(32).fits(650)).isFalse();
        assertThat(Extent.multipleOf(32).fits(Extent.MAX_PX + 32)).isFalse();
        assertThatThrownBy(() -> Extent.fixed(0)).hasMessage("a side of 0 px (1 to 8192)");
    }

    private ModelCard read(String text) {
        return ModelCard.read(write(folder, "card.yaml", text));
    }
}
