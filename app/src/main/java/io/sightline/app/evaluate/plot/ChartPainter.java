package io.sightline.app.evaluate.plot;

import io.sightline.app.evaluate.plot.Chart.Point;
import io.sightline.app.evaluate.plot.Chart.Series;
import io.sightline.app.evaluate.plot.Chart.Style;
import io.sightline.app.report.sheet.Canvas;
import io.sightline.app.report.sheet.Lettering;
import io.sightline.app.report.sheet.TextStyle;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws a chart, 1200×800 pixels, in the typeface that the product brings along. Belongs to one thread. */
public final class ChartPainter {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 800;
    private static final Rectangle2D AREA = new Rectangle2D.Double(120, 90, WIDTH - 160, HEIGHT - 190);
    private static final TextStyle TITLE = TextStyle.bold(28);
    private static final TextStyle LABEL = TextStyle.medium(20);
    private static final TextStyle MARK = TextStyle.regular(18);
    private static final Color INK = new Color(0x1B2430);
    private static final Color MUTED = new Color(0x5B6775);
    private static final Color GRID = new Color(0xE3E8EE);
    private static final List<Color> COLOURS =
            List.of(new Color(0x1F6FEB), new Color(0xD9480F), new Color(0x2B8A3E), new Color(0x9C36B5));
    private static final double BAR_WIDTH = 0.8;

    private final Chart chart;
    private final Canvas canvas;

    private ChartPainter(Chart chart, Canvas canvas) {
        this.chart = chart;
        this.canvas = canvas;
    }

    /** Writes {@code folder/FILE.png} and returns it; the folder must be there. */
    public static Path write(Chart chart, Path folder) throws IOException {
        Path file = folder.resolve(chart.file() + ".png");
        if (!ImageIO.write(paint(chart), "png", file.toFile())) {
            throw new IOException(file + ": this Java writes no PNG");
        }
        return file;
    }

    static BufferedImage paint(Chart chart) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        try {
            new ChartPainter(chart, new Canvas(graphics, new Lettering())).paint();
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    private void paint() {
        canvas.fill(new Rectangle2D.Double(0, 0, WIDTH, HEIGHT), Color.WHITE);
        canvas.text(TITLE, INK, chart.title(), AREA.getX(), 50);
        grid();
        labels();
        List<Series> bars =
                chart.series().stream().filter(one -> one.style() == Style.BARS).toList();
        for (int i = 0; i < chart.series().size(); i++) {
            Series series = chart.series().get(i);
            switch (series.style()) {
                case LINE -> line(series, colour(i));
                case BARS -> bars(series, colour(i), bars);
            }
            legend(series, i);
        }
    }

    private void grid() {
        Graphics2D graphics = canvas.graphics();
        graphics.setStroke(new BasicStroke(1));
        for (Axis.Mark mark : chart.x().marks()) {
            double x = x(mark.value());
            stroke(new Line2D.Double(x, AREA.getY(), x, AREA.getMaxY()), GRID);
            canvas.text(MARK, MUTED, mark.text(), x - canvas.width(MARK, mark.text()) / 2, AREA.getMaxY() + 26);
        }
        for (Axis.Mark mark : chart.y().marks()) {
            double y = y(mark.value());
            stroke(new Line2D.Double(AREA.getX(), y, AREA.getMaxX(), y), GRID);
            canvas.textRight(MARK, MUTED, mark.text(), AREA.getX() - 12, y + 6);
        }
        stroke(AREA, MUTED);
    }

    private void labels() {
        String x = chart.x().label();
        canvas.text(LABEL, INK, x, AREA.getCenterX() - canvas.width(LABEL, x) / 2, AREA.getMaxY() + 64);
        Graphics2D graphics = canvas.graphics();
        AffineTransform upright = graphics.getTransform();
        graphics.rotate(-Math.PI / 2);
        String y = chart.y().label();
        canvas.text(LABEL, INK, y, -AREA.getCenterY() - canvas.width(LABEL, y) / 2, 36);
        graphics.setTransform(upright);
    }

    private void line(Series series, Color colour) {
        Path2D.Double path = new Path2D.Double();
        for (Point point : series.points()) {
            if (path.getCurrentPoint() == null) {
                path.moveTo(x(point.x()), y(point.y()));
            } else {
                path.lineTo(x(point.x()), y(point.y()));
            }
        }
        canvas.graphics().setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        stroke(path, colour);
    }

    private void bars(Series series, Color colour, List<Series> all) {
        double width = BAR_WIDTH / all.size();
        double shift = -BAR_WIDTH / 2 + all.indexOf(series) * width;
        for (Point point : series.points()) {
            double left = x(point.x() + shift);
            double top = y(point.y());
            canvas.fill(
                    new Rectangle2D.Double(left, top, x(point.x() + shift + width) - left, AREA.getMaxY() - top),
                    colour);
        }
    }

    private void legend(Series series, int index) {
        double y = AREA.getMaxY() + 88;
        double x = AREA.getX();
        for (int before = 0; before < index; before++) {
            x += 60 + canvas.width(MARK, chart.series().get(before).name());
        }
        canvas.fill(new Rectangle2D.Double(x, y - 12, 22, 12), colour(index));
        canvas.text(MARK, INK, series.name(), x + 32, y);
    }

    private void stroke(Shape shape, Color colour) {
        canvas.graphics().setColor(colour);
        canvas.graphics().draw(shape);
    }

    private static Color colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    private double x(double value) {
        return AREA.getX() + chart.x().place(value) * AREA.getWidth();
    }

    private double y(double value) {
        return AREA.getMaxY() - chart.y().place(value) * AREA.getHeight();
    }
}
