package io.sightline.app.report.sheet;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes text as filled outlines, the same on every machine. Characters that Roboto lacks come from the machine's own fonts where it
 * has some that do, and are an empty box otherwise. Belongs to one thread.
 */
public final class Lettering {
    private static final String SYSTEM_FONT = "SansSerif";
    private static final FontRenderContext SMOOTH = new FontRenderContext(new AffineTransform(), true, true);

    private final Map<Weight, TrueTypeFont> fonts = new EnumMap<>(Weight.class);

    public Lettering() {
        for (Weight weight : Weight.values()) {
            fonts.put(weight, load(weight));
        }
    }

    /** Draws with the graphics' paint, its baseline beginning at {@code x}, {@code y}; gives the width. */
    double draw(Graphics2D graphics, TextStyle style, String text, double x, double y) {
        Shaped shaped = shape(style, text);
        shaped.path().transform(AffineTransform.getTranslateInstance(x, y));
        graphics.fill(shaped.path());
        return shaped.width();
    }

    /** As {@link #draw}, ending at {@code x}. */
    void drawRight(Graphics2D graphics, TextStyle style, String text, double x, double y) {
        draw(graphics, style, text, x - width(style, text), y);
    }

    double width(TextStyle style, String text) {
        return shape(style, text).width();
    }

    /** The text, or its beginning with an ellipsis, in at most {@code width} pixels. */
    String cut(TextStyle style, String text, double width) {
        if (width(style, text) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(style, text.substring(0, end) + "…") > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).stripTrailing() + "…";
    }

    private record Shaped(Path2D path, double width) {}

    private Shaped shape(TextStyle style, String text) {
        TrueTypeFont font = font(style.weight());
        Path2D.Double path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double pen = 0;
        for (int point : text.codePoints().toArray()) {
            int glyph = font.glyph(point);
            Optional<Shaped> foreign = glyph == 0 ? borrowed(point) : Optional.empty();
            Path2D outline = foreign.map(Shaped::path).orElseGet(() -> font.outline(glyph));
            AffineTransform placed = AffineTransform.getTranslateInstance(pen, 0);
            placed.scale(style.sizePx(), style.sizePx());
            path.append(outline.getPathIterator(placed), false);
            pen += style.sizePx() * foreign.map(Shaped::width).orElseGet(() -> font.advance(glyph));
        }
        return new Shaped(path, pen);
    }

    /** From a font of the machine, in ems. Without fontconfig Java's fonts fail with errors, not exceptions. */
    private static Optional<Shaped> borrowed(int codePoint) {
        try {
            Font system = new Font(SYSTEM_FONT, Font.PLAIN, 1);
            if (!system.canDisplay(codePoint)) {
                return Optional.empty();
            }
            var glyphs = system.createGlyphVector(SMOOTH, Character.toString(codePoint));
            return Optional.of(new Shaped(
                    new Path2D.Double(glyphs.getOutline()),
                    glyphs.getGlyphMetrics(0).getAdvance()));
        } catch (LinkageError | InternalError | RuntimeException e) {
            return Optional.empty();
        }
    }

    private TrueTypeFont font(Weight weight) {
        TrueTypeFont font = fonts.get(weight);
        if (font == null) {
            throw new IllegalStateException("no font of weight " + weight);
        }
        return font;
    }

    private static TrueTypeFont load(Weight weight) {
        try (InputStream resource = Lettering.class.getResourceAsStream(weight.resource())) {
            if (resource == null) {
                throw new IllegalStateException("the class path lacks " + weight.resource()
                        + ": com.formdev:flatlaf-fonts-roboto is missing from it");
            }
            return new TrueTypeFont(resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("font " + weight.resource(), e);
        }
    }
}
