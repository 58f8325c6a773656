package io.sightline.app.evaluate.metric;

import io.sightline.contracts.face.Landmarks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far landmarks lie from the labelled ones: mean distance of a face's five points over the labelled distance between the eyes.
 *
 * @param faces that were measured
 * @param median over the faces; NaN without any
 * @param percentile95 alike
 */
public record LandmarkError(int faces, double median, double percentile95) {
    /** Closer eyes belong to a head in profile: no length to measure by, pixels. */
    private static final double MIN_EYE_DISTANCE_PX = 1;

    /** Where a face was labelled and where it was found. */
    public record Placed(Landmarks label, Landmarks found) {
        boolean isMeasurable() {
            return eyeDistancePx() >= MIN_EYE_DISTANCE_PX;
        }

        double relativeError() {
            double sum = 0;
            for (int i = 0; i < Landmarks.POINTS; i++) {
                sum += Math.hypot(found.x(i) - label.x(i), found.y(i) - label.y(i));
            }
            return sum / Landmarks.POINTS / eyeDistancePx();
        }

        private double eyeDistancePx() {
            return Math.hypot(label.x(1) - label.x(0), label.y(1) - label.y(0));
        }
    }

    public static LandmarkError of(List<Placed> faces) {
        double[] errors = faces.stream()
                .filter(Placed::isMeasurable)
                .mapToDouble(Placed::relativeError)
                .sorted()
                .toArray();
        return new LandmarkError(errors.length, quantile(errors, 0.5), quantile(errors, 0.95));
    }

    /** Linear between the two nearest ranks. */
    static double quantile(double[] ascending, double share) {
        if (ascending.length == 0) {
            return Double.NaN;
        }
        double rank = share * (ascending.length - 1);
        int below = (int) rank;
        int above = Math.min(ascending.length - 1, below + 1);
        return ascending[below] + (rank - below) * (ascending[above] - ascending[below]);
    }

    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("faces", faces);
        if (faces > 0) {
            tree.put("median_of_eye_distance", median);
            tree.put("percentile_95_of_eye_distance", percentile95);
        }
        return tree;
    }
}
