package io.sightline.app.report.sheet;

import io.sightline.app.report.Percentiles;
import io.sightline.app.report.Report;
import io.sightline.app.report.text.PlainText;
import io.sightline.contracts.frame.Outcome;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/** The title bar: what ran, how fast, and every frame's outcome as one bar with its legend. */
final class HeaderPainter {
    static final double HEIGHT = 196;

    private static final TextStyle TITLE = TextStyle.bold(44);
    private static final TextStyle SUBTITLE = TextStyle.regular(24);
    private static final TextStyle FIGURE = TextStyle.medium(44);
    private static final TextStyle UNIT = TextStyle.regular(22);
    private static final TextStyle CAPTION = TextStyle.regular(20);
    private static final TextStyle LEGEND = TextStyle.regular(22);
    private static final double MARK = 62;
    private static final double BAR_HEIGHT = 20;

    private final Canvas canvas;
    private final SheetFacts facts;

    HeaderPainter(Canvas canvas, SheetFacts facts) {
        this.canvas = canvas;
        this.facts = facts;
    }

    void paint(Rectangle2D area) {
        double top = area.getY();
        mark(area.getX(), top + 6);
        double x = area.getX() + MARK + 24;
        canvas.text(TITLE, Theme.TEXT, PlainText.clean(facts.title()), x, top + 42);
        canvas.text(SUBTITLE, Theme.MUTED, subtitle(), x, top + 78);
        figures(area.getMaxX(), top);
        bar(Canvas.area(area.getX(), top + 112, area.getWidth(), BAR_HEIGHT));
        legend(area.getX(), top + 112 + BAR_HEIGHT + 36);
    }

    private String subtitle() {
        Report report = facts.report();
        return SheetText.count(report.cameras().size(), "camera", "cameras") + "  ·  "
                + SheetText.count(report.captured(), "frame", "frames") + " in " + SheetText.elapsed(facts.elapsed())
                + "  ·  " + String.format(Locale.ROOT, "%.1f frames a second", report.fps());
    }

    /** A face's box by its corners, an eye in it. */
    private void mark(double x, double y) {
        double arm = MARK / 3.2;
        Path2D.Double corners = new Path2D.Double();
        for (int corner = 0; corner < 4; corner++) {
            double cx = corner % 2 == 0 ? x : x + MARK;
            double cy = corner < 2 ? y : y + MARK;
            corners.moveTo(cx + (corner % 2 == 0 ? arm : -arm), cy);
            corners.lineTo(cx, cy);
            corners.lineTo(cx, cy + (corner < 2 ? arm : -arm));
        }
        canvas.graphics().setColor(Theme.BRAND);
        canvas.graphics().setStroke(new BasicStroke(6, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        canvas.graphics().draw(corners);
        double middleX = x + MARK / 2;
        double middleY = y + MARK / 2;
        canvas.fill(new Ellipse2D.Double(middleX - 13, middleY - 13, 26, 26), Theme.TEXT);
        canvas.fill(new Ellipse2D.Double(middleX - 6, middleY - 6, 12, 12), Theme.GROUND);
    }

    /** From the right: frames without an outcome, then latency. */
    private void figures(double right, double top) {
        Report report = facts.report();
        Color account = report.unaccounted() == 0 ? Theme.of(Outcome.IDENTIFIED) : Theme.of(Outcome.REJECTED);
        double x = right;
        x -= figure(x, top, account, new Figure(SheetText.count(report.unaccounted()), "", "unaccounted"));
        x -= figure(x, top, Theme.TEXT, latency("p99", SheetText.millis(report.latency(), Percentiles::p99Ms)));
        x -= figure(x, top, Theme.TEXT, latency("p95", SheetText.millis(report.latency(), Percentiles::p95Ms)));
        figure(x, top, Theme.TEXT, latency("p50", SheetText.millis(report.latency(), Percentiles::p50Ms)));
    }

    private record Figure(String value, String unit, String caption) {}

    private static Figure latency(String percentile, String millis) {
        return new Figure(millis, " ms", "latency " + percentile);
    }

    /** Draws right-aligned; gives the width with its gap. */
    private double figure(double right, double top, Color colour, Figure figure) {
        double unit = canvas.width(UNIT, figure.unit());
        canvas.textRight(UNIT, Theme.MUTED, figure.unit(), right, top + 42);
        canvas.textRight(FIGURE, colour, figure.value(), right - unit, top + 42);
        canvas.textRight(CAPTION, Theme.MUTED, figure.caption(), right, top + 78);
        double number = canvas.width(FIGURE, figure.value()) + unit;
        return Math.max(number, canvas.width(CAPTION, figure.caption())) + 48;
    }

    private void bar(Rectangle2D area) {
        var before = canvas.graphics().getClip();
        canvas.graphics().clip(Canvas.rounded(area, BAR_HEIGHT / 2));
        canvas.fill(area, Theme.PANEL);
        long total = Math.max(1, facts.report().settled());
        double x = area.getX();
        for (Outcome outcome : Outcome.values()) {
            double width = area.getWidth() * facts.report().frames(outcome) / total;
            if (width > 0) {
                canvas.fill(Canvas.area(x, area.getY(), Math.max(1, width - 2), BAR_HEIGHT), Theme.of(outcome));
                x += width;
            }
        }
        canvas.graphics().setClip(before);
    }

    private void legend(double left, double baseline) {
        Report report = facts.report();
        double x = left;
        for (Outcome outcome : Outcome.values()) {
            long frames = report.frames(outcome);
            Color ink = frames == 0 ? Theme.MUTED : Theme.TEXT;
            canvas.fill(new Ellipse2D.Double(x, baseline - 15, 15, 15), Theme.of(outcome));
            x += 25;
            x += canvas.text(LEGEND, Theme.MUTED, SheetText.outcome(outcome) + " ", x, baseline);
            x += canvas.text(LEGEND, ink, SheetText.count(frames), x, baseline);
            x += canvas.text(LEGEND, Theme.MUTED, "  " + SheetText.percent(frames, report.settled()), x, baseline);
            x += 44;
        }
    }
}
