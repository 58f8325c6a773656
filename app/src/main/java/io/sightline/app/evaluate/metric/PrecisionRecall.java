package io.sightline.app.evaluate.metric;

import io.sightline.app.evaluate.metric.SceneFaces.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Precision over recall as the least score falls, and the area under it.
 *
 * @param faces how many there were to find
 * @param points by falling score, one per score that a detection had
 */
public record PrecisionRecall(int faces, List<Point> points) {
    public PrecisionRecall {
        points = List.copyOf(points);
    }

    /** Counting only detections with at least {@code score}. */
    public record Point(float score, double recall, double precision) {}

    static PrecisionRecall of(int faces, List<Call> calls) {
        List<Call> falling = calls.stream()
                .sorted(Comparator.comparingDouble(Call::score).reversed())
                .toList();
        List<Point> points = new ArrayList<>();
        int right = 0;
        for (int i = 0; i < falling.size(); i++) {
            right += falling.get(i).isRight() ? 1 : 0;
            boolean isLastOfScore = i + 1 == falling.size()
                    || falling.get(i + 1).score() < falling.get(i).score();
            if (isLastOfScore && faces > 0) {
                points.add(new Point(falling.get(i).score(), (double) right / faces, right / (i + 1.0)));
            }
        }
        return new PrecisionRecall(faces, points);
    }

    /**
     * Average precision: the area under the curve where precision at a recall is the best at that or any higher recall (PASCAL VOC 2010 and later). NaN without a
     * face.
     */
    public double average() {
        double area = 0;
        double best = 0;
        for (int i = points.size() - 1; i >= 0; i--) {
            best = Math.max(best, points.get(i).precision());
            double before = i == 0 ? 0 : points.get(i - 1).recall();
            area += (points.get(i).recall() - before) * best;
        }
        return faces == 0 ? Double.NaN : area;
    }

    /** At most {@code count} of the points, the first and the last among them. */
    public List<Point> thinned(int count) {
        if (points.size() <= count) {
            return points;
        }
        List<Point> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kept.add(points.get((int) ((long) i * (points.size() - 1) / (count - 1))));
        }
        return kept;
    }
}
