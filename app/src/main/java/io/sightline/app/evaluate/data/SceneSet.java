package io.sightline.app.evaluate.data;

import io.sightline.app.enrol.Photo;
import io.sightline.app.evaluate.data.Table.Row;
import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures with labelled faces.
 *
 * @param scenes those that are held out, where the table says which are
 */
public record SceneSet(String source, List<Scene> scenes) {
    /** Labels of at least this score are faces, below it unsure. */
    public static final float FACE_SCORE = 0.5f;

    private static final String HELD_OUT = "heldout";

    public SceneSet {
        scenes = List.copyOf(scenes);
    }

    /**
     * One picture with its faces; none is a picture of nobody.
     *
     * @param kind what the picture is of, as the table calls it
     */
    public record Scene(Photo photo, String kind, List<LabelledFace> faces) {
        public Scene {
            faces = List.copyOf(faces);
        }
    }

    /** One label, in pixels of its picture. */
    public record LabelledFace(Box box, Optional<Landmarks> landmarks, boolean isFace) {}

    /** {@code labels.csv}, and {@code pictures.csv} where there is one: without it every picture that has a label counts. */
    static SceneSet read(Path folder, PictureFiles files) {
        Map<String, List<LabelledFace>> labels = new LinkedHashMap<>();
        for (Row row : Table.read(folder.resolve("labels.csv")).rows()) {
            labels.computeIfAbsent(row.text("name"), name -> new ArrayList<>())
                    .add(new LabelledFace(
                            FaceColumns.box(row), FaceColumns.landmarks(row), row.numberOr("score", 1) >= FACE_SCORE));
        }
        List<Scene> scenes = Files.exists(folder.resolve("pictures.csv"))
                ? heldOut(folder, files, labels)
                : labels.entrySet().stream()
                        .map(label ->
                                new Scene(files.picture(label.getKey(), Optional.empty()), "all", label.getValue()))
                        .toList();
        if (scenes.isEmpty()) {
            throw new EvaluationDataException(
                    folder + " names no picture to look at: labels.csv is empty, or no line of" + " pictures.csv says "
                            + HELD_OUT + " in its column 'split'");
        }
        return new SceneSet(folder.toString(), scenes);
    }

    private static List<Scene> heldOut(Path folder, PictureFiles files, Map<String, List<LabelledFace>> labels) {
        return Table.read(folder.resolve("pictures.csv")).rows().stream()
                .filter(row -> row.optional("split").orElse(HELD_OUT).equals(HELD_OUT))
                .map(row -> new Scene(
                        files.picture(row.text("name"), row.optional("zip")),
                        row.optional("kind").orElse("all"),
                        labels.getOrDefault(row.text("name"), List.of())))
                .toList();
    }
}
