package io.sightline.app.evaluate.plot;

import java.util.List;

/**
 * A chart to be drawn.
 *
 * @param file its name without extension
 */
public record Chart(String file, String title, Axis x, Axis y, List<Series> series) {
    public Chart {
        series = List.copyOf(series);
    }

    /** What is drawn in one colour. */
    public record Series(String name, Style style, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** How points are drawn. */
    public enum Style {
        LINE,
        /** From the bottom up, each of a width of 0.8, or shared by all series of bars, around its x. */
        BARS
    }

    /** In the axes' values. */
    public record Point(double x, double y) {}
}
