package io.sightline.app.report.sheet;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Outlines of a TrueType font, read by ourselves: Java's own fonts need fontconfig, which a slim machine lacks, and differ between
 * machines. Reads the tables head, hhea, hmtx, maxp, loca, glyf and cmap (formats 4 and 12) of the OpenType specification 1.9; no hinting, no kerning.
 * Immutable.
 */
final class TrueTypeFont {
    private static final int DEEPEST_COMPOSITE = 8;

    private final ByteBuffer file;
    private final Map<String, Integer> tables = new HashMap<>();
    private final CharacterMap characters;
    private final int unitsPerEm;
    private final boolean hasLongOffsets;
    private final int advances;

    /** Throws {@link IllegalArgumentException} for what is not a TrueType font. */
    TrueTypeFont(byte[] bytes) {
        this.file = ByteBuffer.wrap(bytes);
        try {
            int count = file.getShort(4);
            for (int i = 0; i < count; i++) {
                int entry = 12 + 16 * i;
                tables.put(new String(bytes, entry, 4, StandardCharsets.US_ASCII), file.getInt(entry + 8));
            }
            this.unitsPerEm = unsigned(table("head") + 18);
            this.hasLongOffsets = file.getShort(table("head") + 50) == 1;
            this.advances = unsigned(table("hhea") + 34);
            this.characters = CharacterMap.read(file, table("cmap"));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a font of " + bytes.length + " bytes that ends too early", e);
        }
    }

    /** The glyph of a character; 0, the empty box, where the font has none. */
    int glyph(int codePoint) {
        return characters.glyph(codePoint);
    }

    /** How far the pen moves, in ems. */
    double advance(int glyph) {
        int index = Math.min(glyph, advances - 1);
        return unsigned(table("hmtx") + 4 * index) / (double) unitsPerEm;
    }

    /** The outline in ems, origin on the baseline, y downwards. */
    Path2D outline(int glyph) {
        Path2D.Double units = new Path2D.Double(Path2D.WIND_NON_ZERO);
        append(units, glyph, new AffineTransform(), 0);
        units.transform(AffineTransform.getScaleInstance(1.0 / unitsPerEm, -1.0 / unitsPerEm));
        return units;
    }

    private void append(Path2D path, int glyph, AffineTransform placed, int depth) {
        int start = offset(glyph);
        if (start == offset(glyph + 1) || depth > DEEPEST_COMPOSITE) {
            return;
        }
        ByteBuffer data = file.duplicate().position(table("glyf") + start);
        int contours = data.getShort();
        data.position(data.position() + 8);
        if (contours >= 0) {
            path.append(GlyphOutline.simple(data, contours).getPathIterator(placed), false);
            return;
        }
        int flags;
        do {
            flags = unsigned(data);
            int component = unsigned(data);
            AffineTransform inner = new AffineTransform(placed);
            inner.concatenate(GlyphOutline.placement(data, flags));
            append(path, component, inner, depth + 1);
        } while ((flags & GlyphOutline.MORE_COMPONENTS) != 0);
    }

    private int offset(int glyph) {
        return hasLongOffsets ? file.getInt(table("loca") + 4 * glyph) : 2 * unsigned(table("loca") + 2 * glyph);
    }

    private int table(String tag) {
        Integer offset = tables.get(tag);
        if (offset == null) {
            throw new IllegalArgumentException("a font without the table '" + tag + "': not TrueType");
        }
        return offset;
    }

    private int unsigned(int position) {
        return Short.toUnsignedInt(file.getShort(position));
    }

    private static int unsigned(ByteBuffer data) {
        return Short.toUnsignedInt(data.getShort());
    }
}
