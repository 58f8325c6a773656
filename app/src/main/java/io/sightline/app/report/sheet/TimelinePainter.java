package io.sightline.app.report.sheet;

import io.sightline.app.report.Report;
import io.sightline.app.report.SightingLine;
import io.sightline.app.report.text.PlainText;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who was seen when: one strip per camera and person over the run's seconds. */
final class TimelinePainter {
    private static final TextStyle TITLE = TextStyle.bold(26);
    private static final TextStyle CAMERA = TextStyle.bold(22);
    private static final TextStyle WHO = TextStyle.medium(22);
    private static final TextStyle TICK = TextStyle.regular(19);
    private static final TextStyle SIMILARITY = TextStyle.bold(18);
    private static final double HEAD = 62;
    private static final double ROW = 42;
    private static final double FOOT = 46;
    private static final double CAMERA_WIDTH = 150;
    private static final double WHO_WIDTH = 230;
    private static final double PADDING = 28;
    private static final int MOST_ROWS = 12;
    private static final int MOST_TICKS = 12;
    private static final int[] TICK_SECONDS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600};

    private final Canvas canvas;
    private final List<Row> rows;
    private final int hidden;
    private final double endS;

    TimelinePainter(Canvas canvas, Report report) {
        this.canvas = canvas;
        List<Row> all = rows(report);
        this.rows = all.subList(0, Math.min(MOST_ROWS, all.size()));
        this.hidden = all.size() - rows.size();
        this.endS = Math.max(
                1,
                report.sightings().stream().mapToDouble(SightingLine::toS).max().orElse(0));
    }

    /** 0 when nobody was seen. */
    static double height(Report report) {
        int rows = Math.min(MOST_ROWS, rows(report).size());
        return rows == 0 ? 0 : HEAD + rows * ROW + FOOT;
    }

    void paint(Rectangle2D area) {
        if (rows.isEmpty()) {
            return;
        }
        canvas.fill(Canvas.rounded(area, 14), Theme.PANEL);
        canvas.text(TITLE, Theme.TEXT, "Who was seen when", area.getX() + PADDING, area.getY() + 42);
        if (hidden > 0) {
            canvas.textRight(TICK, Theme.MUTED, "and " + hidden + " more", area.getMaxX() - PADDING, area.getY() + 42);
        }
        double left = area.getX() + PADDING + CAMERA_WIDTH + WHO_WIDTH;
        Rectangle2D chart = Canvas.area(left, area.getY() + HEAD, area.getMaxX() - PADDING - left, rows.size() * ROW);
        ticks(chart);
        for (int i = 0; i < rows.size(); i++) {
            boolean isFirstOfCamera =
                    i == 0 || !rows.get(i - 1).camera().equals(rows.get(i).camera());
            row(
                    rows.get(i),
                    Canvas.area(area.getX() + PADDING, chart.getY() + i * ROW, 0, ROW),
                    chart,
                    isFirstOfCamera);
        }
    }

    private void row(Row row, Rectangle2D start, Rectangle2D chart, boolean namesCamera) {
        double baseline = start.getY() + ROW / 2 + 8;
        if (namesCamera) {
            canvas.fill(Canvas.area(start.getX(), start.getY(), chart.getMaxX() - start.getX(), 1), Theme.LINE);
            String camera = canvas.lettering().cut(CAMERA, row.camera().value(), CAMERA_WIDTH - 16);
            canvas.text(CAMERA, Theme.TEXT, camera, start.getX(), baseline);
        }
        String who = canvas.lettering().cut(WHO, PlainText.clean(row.who()), WHO_WIDTH - 20);
        canvas.text(WHO, row.colour(), who, start.getX() + CAMERA_WIDTH, baseline);
        row.sightings().forEach(sighting -> strip(sighting, row, chart, start.getY()));
    }

    private void strip(SightingLine sighting, Row row, Rectangle2D chart, double top) {
        double from = x(chart, sighting.fromS());
        double to = Math.max(from + 4, x(chart, sighting.toS()));
        Rectangle2D strip = Canvas.area(from, top + 8, to - from, ROW - 16);
        canvas.fill(Canvas.rounded(strip, Math.min(6, strip.getWidth() / 2)), row.colour());
        String similarity = String.format(Locale.ROOT, "%.2f", sighting.similarity());
        if (canvas.width(SIMILARITY, similarity) + 16 < strip.getWidth()) {
            canvas.text(SIMILARITY, Theme.INK, similarity, strip.getX() + 8, strip.getCenterY() + 6.5);
        }
    }

    private void ticks(Rectangle2D chart) {
        int step = tickSeconds();
        for (int second = 0; second <= endS; second += step) {
            double x = x(chart, second);
            canvas.fill(Canvas.area(x, chart.getY(), 1, chart.getHeight() + 6), Theme.LINE);
            String text = second < 60 || step < 60 ? second + " s" : second / 60 + " min";
            double width = canvas.width(TICK, text);
            double left = Math.min(chart.getMaxX() - width, Math.max(chart.getX() - 4, x - width / 2));
            canvas.text(TICK, Theme.MUTED, text, left, chart.getMaxY() + 30);
        }
    }

    private int tickSeconds() {
        for (int seconds : TICK_SECONDS) {
            if (endS / seconds <= MOST_TICKS) {
                return seconds;
            }
        }
        return (int) (endS / MOST_TICKS);
    }

    private double x(Rectangle2D chart, double second) {
        return chart.getX() + chart.getWidth() * Math.min(1, second / endS);
    }

    private record Row(CameraId camera, String who, Color colour, List<SightingLine> sightings) {}

    /** Per camera the people by their first sighting, then one row for all unknowns. */
    private static List<Row> rows(Report report) {
        List<Row> rows = new ArrayList<>();
        for (CameraId camera : report.cameras().keySet()) {
            Map<String, Row> ofCamera = new LinkedHashMap<>();
            report.sightings().stream()
                    .filter(sighting -> sighting.camera().equals(camera))
                    .sorted(Comparator.comparing(
                                    (SightingLine sighting) -> sighting.person().isEmpty())
                            .thenComparingDouble(SightingLine::fromS))
                    .forEach(sighting -> ofCamera.computeIfAbsent(
                                    sighting.person().orElse("unknown"), who -> row(sighting, who))
                            .sightings()
                            .add(sighting));
            rows.addAll(ofCamera.values());
        }
        return rows;
    }

    private static Row row(SightingLine first, String who) {
        Outcome outcome = first.person().isPresent() ? Outcome.IDENTIFIED : Outcome.UNKNOWN;
        return new Row(first.camera(), who, Theme.of(outcome), new ArrayList<>());
    }
}
