package io.sightline.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.app.evaluate.data.DataFolder;
import io.sightline.app.evaluate.data.EvaluationDataException;
import io.sightline.contracts.face.Box;
import io.sightline.detect.Detection;
import io.sightline.detect.FaceFinder;
import io.sightline.embed.EmbedderSettings;
import io.sightline.embed.FaceEmbedder;
import io.sightline.embed.quality.QualityGates;
import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.onnx.OnnxOptions;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way over pictures of nobody, through a real session of a tiny network; the detector is a function. */
class EvaluationTest {
    private static final TestedModels.Limits LIMITS = new TestedModels.Limits("tiny detector", 0.4f, 12);

    @TempDir
    Path folder;

    @Test
    void verificationIsRightByGivenLandmarksAndByTheDetectors() throws Exception {
        TinyFaces.lfw(folder, TinyFaces.LFW_PAIRS, TinyFaces.lfwPictures());

        JsonNode lfw = run(picture -> List.of(TinyFaces.detection(0.9f)), Part.LFW);

        assertThat(lfw.at("/given_landmarks/accuracy").asDouble()).isEqualTo(1);
        assertThat(lfw.at("/given_landmarks/standard_error").asDouble()).isZero();
        assertThat(lfw.at("/given_landmarks/tar_at_far_1e-3/rate").asDouble()).isEqualTo(1);
        assertThat(lfw.at("/own_detector/accuracy").asDouble()).isEqualTo(1);
        assertThat(lfw.at("/centre_face_found/count").asInt()).isEqualTo(7);
        assertThat(lfw.at("/landmark_error/median_of_eye_distance").asDouble())
                .as("given landmarks count pixel middles as whole numbers")
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void missingFaceMakesItsPairsWrongAndIsSaid() throws Exception {
        TinyFaces.lfw(folder, TinyFaces.LFW_PAIRS, TinyFaces.lfwPictures());
        FaceFinder faint = picture -> List.of(
                TinyFaces.detection(lacksRed(picture.rgb()) ? 0.39f : 0.41f),
                new Detection(new Box(0, 0, 20, 20), FaceAligner.template(), 0.99f),
                new Detection(new Box(50, 50, 61, 61), FaceAligner.template(), 0.99f));

        List<PartResult> results = results(faint, Part.LFW);

        JsonNode own = tree(results.get(0)).at("/own_detector");
        assertThat(own.at("/pairs_without_vector/count").asInt()).isEqualTo(1);
        assertThat(own.at("/accuracy").asDouble()).isEqualTo(0.875);
        assertThat(results.get(0).lines()).anyMatch(line -> line.contains("1 pairs lack a face and count as wrong"));
        assertThat(tree(results.get(0)).at("/centre_face_found/count").asInt()).isEqualTo(6);
    }

    /** Whether the picture is of person 3, who is less red than all others. */
    private static boolean lacksRed(byte[] rgb) {
        long red = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            red += rgb[i] & 0xff;
        }
        return red < 80L * (rgb.length / 3);
    }

    @Test
    void corruptAndAbsentPicturesAreNamedAndEndNothing() throws Exception {
        Map<String, byte[]> pictures = TinyFaces.lfwPictures();
        TinyFaces.lfw(folder, TinyFaces.LFW_PAIRS, pictures);
        Map<String, byte[]> stored = new TreeMap<>(pictures);
        stored.put("Ada_0002", TinyFaces.noPicture());
        stored.remove("Dot_0001");
        TinyFaces.zip(folder.resolve("lfw/tiny.zip"), stored);

        try (Run run = new Run(picture -> List.of(TinyFaces.detection(0.9f)))) {
            JsonNode lfw = tree(run.evaluation.run(EnumSet.of(Part.LFW)).get(0));

            assertThat(lfw.at("/given_landmarks/pairs_without_vector/count").asInt())
                    .isEqualTo(4);
            assertThat(lfw.at("/given_landmarks/accuracy").asDouble()).isEqualTo(0.5);
            assertThat(run.evaluation.problems().sentences())
                    .containsExactly(
                            "tiny.zip!Ada_0002: the file is no JPEG, PNG or WebP picture: convert it",
                            "tiny.zip!Dot_0001: there is no such picture in tiny.zip");
        }
    }

    @Test
    void openSetEnrolsThoseWithTwoPicturesAndCountsTheOthersAsStrangers() throws Exception {
        TinyFaces.lfw(folder, TinyFaces.LFW_PAIRS, TinyFaces.lfwPictures());

        JsonNode openSet = run(noDetector(), Part.OPENSET);

        assertThat(openSet.at("/enrolled").asInt()).isEqualTo(2);
        assertThat(openSet.at("/mated_searches").asInt()).isEqualTo(3);
        assertThat(openSet.at("/non_mated_searches").asInt()).isEqualTo(2);
        assertThat(openSet.at("/rank_one/rate").asDouble()).isEqualTo(1);
        assertThat(openSet.at("/at_fpir_0.01/fnir/rate").asDouble()).isZero();
        assertThat(openSet.at("/at_fpir_0.01/fpir/count").asInt()).isZero();
        assertThat(openSet.at("/at_card_threshold/fpir/count").asInt()).isZero();
    }

    @Test
    void fewComparisonsGiveNoThresholdForACard() throws Exception {
        TinyFaces.lfw(folder, TinyFaces.LFW_PAIRS, TinyFaces.lfwPictures());

        List<PartResult> results = results(noDetector(), Part.THRESHOLD);

        JsonNode threshold = tree(results.get(0));
        assertThat(threshold.at("/pictures").asInt()).isEqualTo(7);
        assertThat(threshold.at("/single/mated").asInt()).isEqualTo(4);
        assertThat(threshold.at("/single/non_mated").asInt()).isEqualTo(7 * 6 / 2 - 4);
        assertThat(threshold.has("threshold")).isFalse();
        assertThat(results.get(0).lines()).anyMatch(line -> line.contains("no threshold for a card"));
    }

    /** 30 pictures of each of six people: 13 500 pairs of different people, so that a rate of 1e-4 means one of them. */
    @Test
    void thresholdAndMarginArePrintedAsACardHasThem() throws Exception {
        for (int person = 0; person < 6; person++) {
            Path own = Files.createDirectories(folder.resolve("people/person-" + person));
            for (int i = 0; i < 30; i++) {
                Files.write(own.resolve(i + ".png"), TinyFaces.picture(person, i));
            }
        }
        Path people = folder.resolve("people");

        try (Run run = new Run(people, picture -> List.of(TinyFaces.detection(0.9f)))) {
            PartResult result = run.evaluation.run(EnumSet.of(Part.THRESHOLD)).get(0);

            JsonNode tree = tree(result);
            assertThat(tree.at("/single/non_mated").asInt()).isEqualTo(13_500);
            assertThat(tree.at("/means/non_mated").asInt()).isEqualTo(180 * 150);
            assertThat(tree.at("/means/mated").asInt()).isEqualTo(180);
            assertThat(tree.at("/threshold").asDouble()).isBetween(0.0, 0.2);
            assertThat(tree.at("/margin").asDouble()).isZero();
            assertThat(result.lines())
                    .contains("  margin: 0.00", "  threshold-origin: >-")
                    .anyMatch(line -> line.matches("  threshold: 0\\.\\d\\d"));
        }
    }

    @Test
    void falseMatchesAreCountedOnHeldOutCropsOnly() throws Exception {
        Path faces = Files.createDirectories(folder.resolve("faces"));
        Files.writeString(faces.resolve("index.csv"), """
                shard,name,source,age,sex,group
                ,000007.png,utkface,31,F,Asian
                ,000027.png,utkface,35,F,Black
                ,000047.png,utkface,72,M,Black
                ,000008.png,utkface,30,M,Black
                ,000067.png,celeba,30,M,
                ,000087.png,utkface,,,Black
                """);
        Files.write(faces.resolve("000007.png"), TinyFaces.picture(0, 1));
        Files.write(faces.resolve("000027.png"), TinyFaces.picture(0, 2));
        Files.write(faces.resolve("000047.png"), TinyFaces.picture(1, 1));

        JsonNode groups = run(noDetector(), Part.GROUPS);

        assertThat(groups.at("/crops").asInt()).isEqualTo(3);
        assertThat(groups.at("/groups/0/at_card_threshold/count").asInt())
                .as("all")
                .isEqualTo(1);
        assertThat(groups.at("/groups/0/at_card_threshold/trials").asInt()).isEqualTo(3);
        assertThat(groups.at("/groups/1/value").asText()).isEqualTo("20-39");
        assertThat(groups.at("/groups/1/at_card_threshold/rate").asDouble()).isEqualTo(1);
        assertThat(groups.findValuesAsText("value")).containsExactly("", "20-39", "60+", "Asian", "Black", "F", "M");
    }

    @Test
    void detectorIsMeasuredOnALabelledFolderOfOnesOwn() throws Exception {
        Files.writeString(
                folder.resolve("labels.csv"),
                "name,x1,y1,x2,y2," + TinyFaces.LANDMARK_COLUMNS + "\none,10,10,100,110," + TinyFaces.points(0)
                        + "\ntwo,0,0,10,10,,,,,,,,,,\n");
        Files.write(folder.resolve("one.png"), TinyFaces.picture(0, 1));
        Files.write(folder.resolve("two.png"), TinyFaces.picture(1, 1));

        JsonNode detector = run(picture -> List.of(TinyFaces.detection(0.9f)), Part.DETECTOR);

        assertThat(detector.at("/pictures").asInt()).isEqualTo(2);
        assertThat(detector.at("/faces").asInt()).isEqualTo(2);
        assertThat(detector.at("/false_detections").asInt()).isEqualTo(1);
        assertThat(detector.at("/average_precision").asDouble()).isEqualTo(0.25);
        assertThat(detector.at("/landmark_error/median_of_eye_distance").asDouble())
                .isZero();
        assertThat(detector.at("/recall/0/at_min_score/count").asInt()).isEqualTo(1);
    }

    @Test
    void heldOutScenesAloneAreLookedAt() throws Exception {
        Path scenes = Files.createDirectories(folder.resolve("detector"));
        Files.writeString(scenes.resolve("pictures.csv"), """
                name,split,kind,zip
                a,heldout,mask,scenes.zip
                b,train,street,scenes.zip
                c,heldout,noface,scenes.zip
                """);
        Files.writeString(
                scenes.resolve("labels.csv"),
                "name,score,x1,y1,x2,y2\na,0.8,10,10,100,110\na,0.4,0,0,30,30\nb,0.9,1,1,9,9\n");
        TinyFaces.zip(
                scenes.resolve("scenes.zip"),
                Map.of("a", TinyFaces.picture(0, 1), "b", TinyFaces.picture(1, 1), "c", TinyFaces.noPicture()));

        try (Run run = new Run(picture -> List.of(
                TinyFaces.detection(0.9f), new Detection(new Box(0, 0, 30, 30), FaceAligner.template(), 0.5f)))) {
            JsonNode detector =
                    tree(run.evaluation.run(EnumSet.of(Part.DETECTOR)).get(0));

            assertThat(detector.at("/pictures").asInt())
                    .as("one of two is no picture")
                    .isEqualTo(1);
            assertThat(detector.at("/average_precision").asDouble()).isEqualTo(1);
            assertThat(detector.at("/false_detections").asInt())
                    .as("the faint label is unsure")
                    .isZero();
            assertThat(detector.findValuesAsText("value"))
                    .contains("mask", "masked")
                    .doesNotContain("street");
            assertThat(run.evaluation.problems().sentences())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("scenes.zip!c");
        }
    }

    @Test
    void partsAreThoseThatTheDataAllow() throws Exception {
        Files.writeString(folder.resolve("labels.csv"), "name,x1,y1,x2,y2\n");

        try (DataFolder data = new DataFolder(folder)) {
            assertThat(Evaluation.possible(data)).containsExactly(Part.DETECTOR);
            assertThatThrownBy(data::groups)
                    .isInstanceOf(EvaluationDataException.class)
                    .hasMessageContaining("holds no faces/index.csv");
        }
    }

    private static FaceFinder noDetector() {
        return picture -> {
            throw new AssertionError("no part that was asked for needs the detector");
        };
    }

    private JsonNode run(FaceFinder finder, Part part) throws IOException {
        return tree(results(finder, part).get(0));
    }

    private List<PartResult> results(FaceFinder finder, Part part) throws IOException {
        try (Run run = new Run(finder)) {
            List<PartResult> results = run.evaluation.run(Set.of(part));
            assertThat(run.evaluation.problems().sentences()).isEmpty();
            return results;
        }
    }

    private static JsonNode tree(PartResult result) {
        return new ObjectMapper().valueToTree(result.tree());
    }

    /** An evaluation with what it needs, closed together. */
    private final class Run implements AutoCloseable {
        private final TestedModels models;
        private final DataFolder data;
        private final Workers workers = new Workers(2, line -> {});
        private final Evaluation evaluation;

        Run(FaceFinder finder) throws IOException {
            this(folder, finder);
        }

        Run(Path dataFolder, FaceFinder finder) throws IOException {
            Path network = TinyFaces.write(
                    Files.createTempDirectory(folder, "model"), TinyFaces.network(112, 12), TinyFaces.CARD);
            VerifiedModel model =
                    new VerifiedModel(ModelCard.read(network.resolveSibling("mean-colour.yaml")), network);
            QualityGates open = new QualityGates(1e-6f, 1e-6f, 1e6f);
            this.models = new TestedModels(
                    () -> new TestedModels.Embedder(
                            FaceEmbedder.open(
                                    model, new EmbedderSettings(open, 0.8f, false, Duration.ZERO, OnnxOptions.cpu(1))),
                            model.card().embedder(),
                            QualityGates.defaults()),
                    () -> new TestedModels.Detector(finder, LIMITS, Optional.empty()));
            this.data = new DataFolder(dataFolder);
            this.evaluation = new Evaluation(models, data, workers, QualityGates.defaults());
        }

        @Override
        public void close() {
            workers.close();
            data.close();
            models.close();
        }
    }
}
