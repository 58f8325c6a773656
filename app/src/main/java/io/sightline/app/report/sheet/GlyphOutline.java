package io.sightline.app.report.sheet;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.nio.ByteBuffer;

/** Entries of the table {@code glyf}: contours of quadratic curves, and how components of composite glyphs are placed. */
final class GlyphOutline {
    static final int MORE_COMPONENTS = 0x20;

    private static final int WORD_ARGUMENTS = 0x01;
    private static final int OFFSET_ARGUMENTS = 0x02;
    private static final int ONE_SCALE = 0x08;
    private static final int TWO_SCALES = 0x40;
    private static final int MATRIX = 0x80;

    private static final int SHORT_X = 0x02;
    private static final int SHORT_Y = 0x04;
    private static final int REPEAT = 0x08;
    private static final int SAME_X = 0x10;
    private static final int SAME_Y = 0x20;
    private static final double F2DOT14 = 1 << 14;

    private GlyphOutline() {}

    /** Reads a simple glyph after its bounding box, in font units, y upwards. */
    static Path2D simple(ByteBuffer data, int contours) {
        int[] ends = new int[contours];
        for (int i = 0; i < contours; i++) {
            ends[i] = Short.toUnsignedInt(data.getShort());
        }
        int points = contours == 0 ? 0 : ends[contours - 1] + 1;
        int instructions = Short.toUnsignedInt(data.getShort());
        data.position(data.position() + instructions);
        byte[] flags = flags(data, points);
        int[] x = coordinates(data, flags, SHORT_X, SAME_X);
        int[] y = coordinates(data, flags, SHORT_Y, SAME_Y);
        Path2D.Double path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        int first = 0;
        for (int end : ends) {
            new Contour(flags, x, y, first, end).appendTo(path);
            first = end + 1;
        }
        return path;
    }

    /** Reads a component's placement after its glyph index. Placement by matching points is read as no offset. */
    static AffineTransform placement(ByteBuffer data, int flags) {
        boolean isWord = (flags & WORD_ARGUMENTS) != 0;
        int first = isWord ? data.getShort() : data.get();
        int second = isWord ? data.getShort() : data.get();
        boolean isOffset = (flags & OFFSET_ARGUMENTS) != 0;
        double dx = isOffset ? first : 0;
        double dy = isOffset ? second : 0;
        if ((flags & ONE_SCALE) != 0) {
            double scale = data.getShort() / F2DOT14;
            return new AffineTransform(scale, 0, 0, scale, dx, dy);
        }
        if ((flags & TWO_SCALES) != 0) {
            return new AffineTransform(data.getShort() / F2DOT14, 0, 0, data.getShort() / F2DOT14, dx, dy);
        }
        if ((flags & MATRIX) != 0) {
            double xx = data.getShort() / F2DOT14;
            double xy = data.getShort() / F2DOT14;
            double yx = data.getShort() / F2DOT14;
            double yy = data.getShort() / F2DOT14;
            return new AffineTransform(xx, xy, yx, yy, dx, dy);
        }
        return AffineTransform.getTranslateInstance(dx, dy);
    }

    private static byte[] flags(ByteBuffer data, int points) {
        byte[] flags = new byte[points];
        int i = 0;
        while (i < points) {
            byte flag = data.get();
            int times = (flag & REPEAT) != 0 ? 1 + Byte.toUnsignedInt(data.get()) : 1;
            for (int k = 0; k < times && i < points; k++) {
                flags[i++] = flag;
            }
        }
        return flags;
    }

    private static int[] coordinates(ByteBuffer data, byte[] flags, int shortBit, int sameBit) {
        int[] values = new int[flags.length];
        int value = 0;
        for (int i = 0; i < flags.length; i++) {
            boolean isSame = (flags[i] & sameBit) != 0;
            if ((flags[i] & shortBit) != 0) {
                int step = Byte.toUnsignedInt(data.get());
                value += isSame ? step : -step;
            } else if (!isSame) {
                value += data.getShort();
            }
            values[i] = value;
        }
        return values;
    }
}
