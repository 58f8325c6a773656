package io.sightline.app.evaluate.metric;

import io.sightline.app.evaluate.metric.LandmarkError.Placed;
import io.sightline.app.evaluate.metric.SceneFaces.Call;
import io.sightline.app.evaluate.metric.SceneFaces.Match;
import io.sightline.app.evaluate.metric.SceneFaces.Matching;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How well a detector finds the faces of a set of labelled pictures.
 *
 * @param minScore the product's: recalls, false calls and landmarks count detections from it on
 * @param curve over all scores
 * @param recalls of all faces, by the width of their box, by kind of picture, by condition
 * @param falseCalls detections from the least score on that are no face
 */
public record DetectionFigures(
        int pictures, Sure sure, PrecisionRecall curve, List<Recall> recalls, LandmarkError landmarks) {
    /** Edges of the bands of box widths, pixels of the picture; the last band is open. */
    private static final List<Integer> BAND_EDGES_PX = List.of(0, 8, 12, 20, 32, 64, 128);

    public DetectionFigures {
        recalls = List.copyOf(recalls);
    }

    /** What counts as found in the product. */
    public record Sure(float minScore, long falseCalls) {}

    /**
     * Share of the labelled faces of one sort that were found.
     *
     * @param by {@code all}, {@code width}, {@code kind} or {@code condition}
     * @param atMinScore with at least the product's score
     * @param atAnyScore with any score that the detector was asked for
     */
    public record Recall(String by, String value, Share atMinScore, Share atAnyScore) {}

    public static DetectionFigures of(List<SceneFaces> scenes, float minScore) {
        List<Match> faces = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
        for (SceneFaces scene : scenes) {
            Matching matching = scene.match();
            faces.addAll(matching.faces());
            calls.addAll(matching.calls());
        }
        long falseCalls = calls.stream()
                .filter(call -> !call.isRight() && call.score() >= minScore)
                .count();
        return new DetectionFigures(
                scenes.size(),
                new Sure(minScore, falseCalls),
                PrecisionRecall.of(faces.size(), calls),
                recalls(faces, minScore),
                LandmarkError.of(placed(faces, minScore)));
    }

    private static List<Recall> recalls(List<Match> faces, float minScore) {
        List<Recall> recalls = new ArrayList<>();
        recalls.add(recall("all", "", faces, minScore));
        for (int i = 0; i < BAND_EDGES_PX.size(); i++) {
            int from = BAND_EDGES_PX.get(i);
            int to = i + 1 < BAND_EDGES_PX.size() ? BAND_EDGES_PX.get(i + 1) : Integer.MAX_VALUE;
            recalls.add(recall("width", band(from, to), filtered(faces, face -> isWithin(face, from, to)), minScore));
        }
        for (String kind : new TreeSet<>(faces.stream().map(Match::kind).toList())) {
            recalls.add(recall("kind", kind, filtered(faces, face -> face.kind().equals(kind)), minScore));
        }
        for (String condition : new TreeSet<>(faces.stream()
                .flatMap(face -> face.label().conditions().stream())
                .toList())) {
            List<Match> under =
                    filtered(faces, face -> face.label().conditions().contains(condition));
            recalls.add(recall("condition", condition, under, minScore));
        }
        return recalls;
    }

    private static boolean isWithin(Match face, int fromPx, int toPx) {
        float widthPx = face.label().box().widthPx();
        return widthPx >= fromPx && widthPx < toPx;
    }

    private static String band(int fromPx, int toPx) {
        if (fromPx == 0) {
            return "<" + toPx + " px";
        }
        return toPx == Integer.MAX_VALUE ? ">=" + fromPx + " px" : fromPx + "–" + toPx + " px";
    }

    private static List<Match> filtered(List<Match> faces, Predicate<Match> chosen) {
        return faces.stream().filter(chosen).toList();
    }

    private static Recall recall(String by, String value, List<Match> faces, float minScore) {
        long any = faces.stream().filter(face -> face.found().isPresent()).count();
        long sure = faces.stream().filter(face -> isFound(face, minScore)).count();
        return new Recall(by, value, new Share(sure, faces.size()), new Share(any, faces.size()));
    }

    private static boolean isFound(Match face, float minScore) {
        return face.found().filter(found -> found.score() >= minScore).isPresent();
    }

    private static List<Placed> placed(List<Match> faces, float minScore) {
        return faces.stream()
                .filter(face -> isFound(face, minScore))
                .flatMap(face -> face.label().landmarks().stream()
                        .map(label ->
                                new Placed(label, face.found().orElseThrow().landmarks())))
                .toList();
    }
}
