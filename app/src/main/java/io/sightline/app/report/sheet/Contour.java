package io.sightline.app.report.sheet;

import java.awt.geom.Path2D;

/**
 * One closed contour of a TrueType glyph: points {@code first} to {@code last} of the arrays. Between two off-curve points lies an on-curve one,
 * half-way (OpenType 1.9, table glyf).
 */
final class Contour {
    private static final int ON_CURVE = 0x01;

    private final byte[] flags;
    private final int[] x;
    private final int[] y;
    private final int first;
    private final int count;

    Contour(byte[] flags, int[] x, int[] y, int first, int last) {
        this.flags = flags;
        this.x = x;
        this.y = y;
        this.first = first;
        this.count = last - first + 1;
    }

    void appendTo(Path2D path) {
        if (count < 2) {
            return;
        }
        int start = firstOnCurve();
        boolean startsOnCurve = start < count;
        int begin = startsOnCurve ? start : 0;
        double startX = startsOnCurve ? x(begin) : middle(x(0), x(count - 1));
        double startY = startsOnCurve ? y(begin) : middle(y(0), y(count - 1));
        path.moveTo(startX, startY);
        int step = startsOnCurve ? 1 : 0;
        while (step < count) {
            int point = begin + step;
            int next = point + 1;
            if (isOnCurve(point)) {
                path.lineTo(x(point), y(point));
            } else if (step == count - 1) {
                path.quadTo(x(point), y(point), startX, startY);
            } else if (isOnCurve(next)) {
                path.quadTo(x(point), y(point), x(next), y(next));
                step++;
            } else {
                path.quadTo(x(point), y(point), middle(x(point), x(next)), middle(y(point), y(next)));
            }
            step++;
        }
        path.closePath();
    }

    private int firstOnCurve() {
        int point = 0;
        while (point < count && !isOnCurve(point)) {
            point++;
        }
        return point;
    }

    private boolean isOnCurve(int point) {
        return (flags[index(point)] & ON_CURVE) != 0;
    }

    private double x(int point) {
        return x[index(point)];
    }

    private double y(int point) {
        return y[index(point)];
    }

    private int index(int point) {
        return first + point % count;
    }

    private static double middle(double a, double b) {
        return (a + b) / 2;
    }
}
