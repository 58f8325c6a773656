package io.sightline.app.evaluate.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One side of a chart: from values to places between 0 and 1, and the marks along it.
 *
 * @param min above 0 on a logarithmic axis
 * @param max above {@code min}
 */
public record Axis(String label, Scale scale, double min, double max, List<Mark> marks) {
    private static final int LINEAR_STEPS = 5;

    public Axis {
        marks = List.copyOf(marks);
        if (!(max > min) || (scale == Scale.LOG && !(min > 0))) {
            throw new IllegalArgumentException("an axis from " + min + " to " + max + ", " + scale);
        }
    }

    /** How places grow with values. */
    public enum Scale {
        LINEAR,
        LOG
    }

    /** A line across the chart with its text. */
    public record Mark(double value, String text) {}

    public static Axis linear(String label, double min, double max) {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i <= LINEAR_STEPS; i++) {
            double value = min + (max - min) * i / LINEAR_STEPS;
            marks.add(new Mark(value, String.format(Locale.ROOT, max - min < 0.5 ? "%.3f" : "%.1f", value)));
        }
        return new Axis(label, Scale.LINEAR, min, max, marks);
    }

    /** With a mark at each power of ten. */
    public static Axis log(String label, double min, double max) {
        if (!(min > 0)) {
            throw new IllegalArgumentException("a logarithmic axis from " + min);
        }
        List<Mark> marks = new ArrayList<>();
        for (int exponent = (int) Math.ceil(Math.log10(min) - 1e-9);
                Math.pow(10, exponent) <= max * 1.0001;
                exponent++) {
            marks.add(new Mark(Math.pow(10, exponent), exponent == 0 ? "1" : "1e" + exponent));
        }
        return new Axis(label, Scale.LOG, min, max, marks);
    }

    /** Named places, the i-th from i to i + 1. */
    public static Axis names(String label, List<String> names) {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            marks.add(new Mark(i + 0.5, names.get(i)));
        }
        return new Axis(label, Scale.LINEAR, 0, Math.max(1, names.size()), marks);
    }

    /** 0 at {@code min}, 1 at {@code max}; what lies beyond stays at the nearer end. */
    double place(double value) {
        double place = switch (scale) {
            case LINEAR -> (value - min) / (max - min);
            case LOG -> Math.log(Math.max(value, min) / min) / Math.log(max / min);
        };
        return Math.max(0, Math.min(1, place));
    }
}
