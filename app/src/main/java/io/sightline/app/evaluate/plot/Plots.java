package io.sightline.app.evaluate.plot;

import io.sightline.app.evaluate.metric.DetectionFigures;
import io.sightline.app.evaluate.metric.DetectionFigures.Recall;
import io.sightline.app.evaluate.metric.GroupTally.Group;
import io.sightline.app.evaluate.metric.OpenSet;
import io.sightline.app.evaluate.metric.PrecisionRecall;
import io.sightline.app.evaluate.metric.RocCurve;
import io.sightline.app.evaluate.metric.SimilarityHistogram;
import io.sightline.app.evaluate.plot.Chart.Point;
import io.sightline.app.evaluate.plot.Chart.Series;
import io.sightline.app.evaluate.plot.Chart.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Which charts show which figures. */
public final class Plots {
    private static final int CURVE_POINTS = 300;
    private static final int COLUMNS = 100;

    private Plots() {}

    /**
     * True over false accepts.
     *
     * @param curves by what they are of
     */
    public static Chart roc(String title, Map<String, RocCurve> curves) {
        List<Series> series = new ArrayList<>();
        curves.forEach((name, curve) -> series.add(new Series(
                name,
                Style.LINE,
                curve.points(CURVE_POINTS).stream()
                        .map(point -> new Point(
                                point.falseAccepts().rate(), point.trueAccepts().rate()))
                        .toList())));
        double least = 1.0
                / Math.max(
                        2,
                        curves.values().stream()
                                .mapToInt(RocCurve::unwantedTrials)
                                .max()
                                .orElse(2));
        return new Chart(
                "roc",
                title,
                Axis.log("false accept rate", least, 1),
                Axis.linear("true accept rate", lowest(series), 1),
                series);
    }

    /** Missed mated searches over false positives of strangers. */
    public static Chart openSet(OpenSet openSet) {
        List<Point> points = openSet.curve().points(CURVE_POINTS).stream()
                .map(point -> new Point(
                        point.falseAccepts().rate(), OpenSet.fnir(point).rate()))
                .toList();
        return new Chart(
                "open-set",
                "Open-set identification among " + openSet.enrolled() + " people",
                Axis.log(
                        "false-positive identification rate",
                        1.0 / Math.max(2, openSet.curve().unwantedTrials()),
                        1),
                Axis.log("false-negative identification rate", 1e-3, 1),
                List.of(new Series("rank one", Style.LINE, points)));
    }

    /** How similar the same and different people are. */
    public static Chart distributions(SimilarityHistogram mated, SimilarityHistogram nonMated) {
        return new Chart(
                "scores",
                String.format(Locale.ROOT, "%d mated and %d non-mated comparisons", mated.total(), nonMated.total()),
                Axis.linear("similarity", -0.5, 1),
                Axis.log("share of comparisons, per 0.02", 1e-7, 1),
                List.of(series("mated", mated), series("non-mated", nonMated)));
    }

    private static Series series(String name, SimilarityHistogram histogram) {
        double[] density = histogram.density(COLUMNS);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < COLUMNS; i++) {
            if (density[i] > 0) {
                points.add(new Point(-1 + 2 * (i + 0.5) / COLUMNS, density[i]));
            }
        }
        return new Series(name, Style.LINE, points);
    }

    public static Chart precisionRecall(PrecisionRecall curve) {
        List<Point> points = curve.thinned(CURVE_POINTS).stream()
                .map(point -> new Point(point.recall(), point.precision()))
                .toList();
        return new Chart(
                "precision-recall",
                String.format(Locale.ROOT, "Detection: AP@0.5 %.2f %%", 100 * curve.average()),
                Axis.linear("recall", 0, 1),
                Axis.linear("precision", 0, 1),
                List.of(new Series("held-out scenes", Style.LINE, points)));
    }

    public static Chart recallByWidth(DetectionFigures figures) {
        List<Recall> bands = figures.recalls().stream()
                .filter(recall -> recall.by().equals("width"))
                .toList();
        return new Chart(
                "recall-by-width",
                "Faces found, by width",
                Axis.names(
                        "width of the face",
                        bands.stream()
                                .map(band ->
                                        band.value() + " (" + band.atMinScore().trials() + ")")
                                .toList()),
                Axis.linear("recall", 0, 1),
                List.of(
                        bars(
                                String.format(
                                        Locale.ROOT,
                                        "score >= %.2f",
                                        figures.sure().minScore()),
                                bands,
                                band -> band.atMinScore().rate()),
                        bars("any score", bands, band -> band.atAnyScore().rate())));
    }

    /** False-match rates at the second threshold, at which every group has some. */
    public static Chart groups(List<Group> groups, double threshold) {
        return new Chart(
                "groups",
                String.format(Locale.ROOT, "False-match rate within groups, threshold %.3f", threshold),
                Axis.names(
                        "",
                        groups.stream()
                                .map(group -> group.attribute().equals("all") ? "all" : group.value())
                                .toList()),
                Axis.log("false-match rate", 1e-5, 1),
                List.of(bars(
                        "all pairs of different pictures",
                        groups,
                        group -> group.falseMatches().get(1).rate())));
    }

    private static <T> Series bars(String name, List<T> places, Function<T, Double> height) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            double value = height.apply(places.get(i));
            points.add(new Point(i + 0.5, Double.isNaN(value) ? 0 : value));
        }
        return new Series(name, Style.BARS, points);
    }

    /** A round number at or below all points, so that the upper end of the curve can be read. */
    private static double lowest(List<Series> series) {
        double least = series.stream()
                .flatMap(one -> one.points().stream())
                .mapToDouble(Point::y)
                .min()
                .orElse(0);
        return Math.min(0.95, Math.floor(least * 20) / 20);
    }
}
