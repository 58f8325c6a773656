package io.sightline.app.evaluate;

import static io.sightline.app.evaluate.Wording.say;

import io.sightline.app.evaluate.data.SceneSet;
import io.sightline.app.evaluate.data.SceneSet.LabelledFace;
import io.sightline.app.evaluate.data.SceneSet.Scene;
import io.sightline.app.evaluate.metric.DetectionFigures;
import io.sightline.app.evaluate.metric.DetectionFigures.Recall;
import io.sightline.app.evaluate.metric.PrecisionRecall;
import io.sightline.app.evaluate.metric.SceneFaces;
import io.sightline.app.evaluate.metric.SceneFaces.Label;
import io.sightline.app.evaluate.plot.Plots;
import io.sightline.embed.quality.QualityGates;
import io.sightline.inference.RgbImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Average precision, recall and landmarks on labelled scenes. */
final class DetectorPart {
    private static final int CURVE_POINTS = 200;

    private DetectorPart() {}

    /** One entry per scene that could be read. */
    static List<SceneFaces> look(SceneSet scenes, FacePass pass, Workers workers, Lens lens) {
        return workers
                .map("scenes", scenes.scenes().size(), i -> {
                    Scene scene = scenes.scenes().get(i);
                    return pass.read(scene.photo()).map(pixels -> faces(scene, pixels, lens));
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** What looks at a scene, and by which gates a labelled face counts as blurred or turned. */
    record Lens(TestedModels.Detector detector, QualityGates gates) {}

    private static SceneFaces faces(Scene scene, RgbImage pixels, Lens lens) {
        Conditions conditions = new Conditions(scene.kind(), pixels, lens.gates());
        List<Label> labels = new ArrayList<>();
        for (LabelledFace face : scene.faces()) {
            labels.add(new Label(face.box(), face.landmarks(), face.isFace(), conditions.of(face)));
        }
        return new SceneFaces(scene.kind(), labels, lens.detector().finder().detect(pixels));
    }

    static PartResult measure(SceneSet scenes, List<SceneFaces> faces, TestedModels.Limits product) {
        DetectionFigures figures = DetectionFigures.of(faces, product.minScore());
        List<String> lines = new ArrayList<>();
        lines.add(say(
                "%s: %d pictures, %d labelled faces; %s",
                scenes.source(), figures.pictures(), figures.curve().faces(), product.name()));
        lines.add(say(
                "  AP@0.5 %.2f %%; at the product's score %.2f: %d false detections",
                100 * figures.curve().average(),
                figures.sure().minScore(),
                figures.sure().falseCalls()));
        lines.add(say(
                "  landmarks off by %.2f %% of the distance between the eyes (median of %d faces; 95 %%: %.2f %%)",
                100 * figures.landmarks().median(),
                figures.landmarks().faces(),
                100 * figures.landmarks().percentile95()));
        lines.add(say("  %-24s %-40s %s", "recall", say("score >= %.2f", product.minScore()), "any score"));
        for (Recall recall : figures.recalls()) {
            lines.add(say(
                    "  %-24s %-40s %s",
                    (recall.by() + " " + recall.value()).strip(),
                    recall.atMinScore().percent(),
                    recall.atAnyScore().percent()));
        }
        return new PartResult(
                Part.DETECTOR,
                lines,
                tree(figures, product),
                List.of(Plots.precisionRecall(figures.curve()), Plots.recallByWidth(figures)));
    }

    private static Map<String, Object> tree(DetectionFigures figures, TestedModels.Limits product) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("detector", product.name());
        tree.put("pictures", figures.pictures());
        tree.put("faces", figures.curve().faces());
        Wording.put(tree, "average_precision", figures.curve().average());
        tree.put("min_score", figures.sure().minScore());
        tree.put("false_detections", figures.sure().falseCalls());
        tree.put("landmark_error", figures.landmarks().tree());
        tree.put("recall", figures.recalls().stream().map(DetectorPart::tree).toList());
        tree.put(
                "curve",
                figures.curve().thinned(CURVE_POINTS).stream()
                        .map(DetectorPart::tree)
                        .toList());
        return tree;
    }

    private static Map<String, Object> tree(Recall recall) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("by", recall.by());
        tree.put("value", recall.value());
        tree.put("at_min_score", recall.atMinScore().tree());
        tree.put("at_any_score", recall.atAnyScore().tree());
        return tree;
    }

    private static Map<String, Object> tree(PrecisionRecall.Point point) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("score", point.score());
        tree.put("recall", point.recall());
        tree.put("precision", point.precision());
        return tree;
    }
}
