package io.sightline.app.report.sheet;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** A graphics with its lettering: the few strokes that the sheet is made of. Pixels, origin top left. Belongs to one thread. */
public final class Canvas {
    private final Graphics2D graphics;
    private final Lettering lettering;

    /** The caller keeps the graphics and disposes of it. */
    public Canvas(Graphics2D graphics, Lettering lettering) {
        this.graphics = graphics;
        this.lettering = lettering;
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    }

    public Graphics2D graphics() {
        return graphics;
    }

    Lettering lettering() {
        return lettering;
    }

    public void fill(Shape shape, Color colour) {
        graphics.setColor(colour);
        graphics.fill(shape);
    }

    public double text(TextStyle style, Color colour, String text, double x, double baseline) {
        graphics.setColor(colour);
        return lettering.draw(graphics, style, text, x, baseline);
    }

    public void textRight(TextStyle style, Color colour, String text, double right, double baseline) {
        graphics.setColor(colour);
        lettering.drawRight(graphics, style, text, right, baseline);
    }

    public double width(TextStyle style, String text) {
        return lettering.width(style, text);
    }

    static Shape rounded(Rectangle2D area, double radius) {
        return new RoundRectangle2D.Double(
                area.getX(), area.getY(), area.getWidth(), area.getHeight(), 2 * radius, 2 * radius);
    }

    static Rectangle2D area(double x, double y, double width, double height) {
        return new Rectangle2D.Double(x, y, width, height);
    }
}
