package io.sightline.inference.align;

import java.util.Optional;

/**
 * A turn, a uniform scale and a shift, without shear or mirroring: {@code x' = a·x − b·y + c}, {@code y' = b·x + a·y + d}.
 *
 * @param a scale · cosine of the turn
 * @param b scale · sine of the turn
 * @param c shift in x, in units of the target
 * @param d shift in y, in units of the target
 */
public record SimilarityTransform(double a, double b, double c, double d) {
    /** Points whose mean squared distance from their middle is below this are one point, px². */
    private static final double MIN_SPREAD = 1e-6;

    public SimilarityTransform {
        if (!Double.isFinite(a) || !Double.isFinite(b) || !Double.isFinite(c) || !Double.isFinite(d)) {
            throw new IllegalArgumentException("transform " + a + ", " + b + ", " + c + ", " + d + " is not finite");
        }
    }

    /**
     * The transform that brings {@code from} nearest to {@code to} in the sense of least squares, by the closed form of Umeyama
     * (1991, "Least-squares estimation of transformation parameters between two point patterns"). In two dimensions its singular value
     * decomposition comes down to two sums: with both sets moved to their middles, p and q, a = Σ p·q / Σ |p|² and
     * b = Σ p×q / Σ |p|². A mirrored face gets the best turn that there is, and a large residual.
     *
     * @param from {@code [2n]}, x0 y0 x1 y1 …
     * @param to {@code [2n]}
     * @return empty when the points of {@code from} lie on one spot, or the best scale is 0, so that nothing can be laid out
     */
    public static Optional<SimilarityTransform> leastSquares(double[] from, double[] to) {
        if (from.length != to.length || from.length < 4 || from.length % 2 != 0) {
            throw new IllegalArgumentException("a similarity needs two sets of at least 2 points each, got "
                    + from.length + " and " + to.length + " numbers");
        }
        double fromX = mean(from, 0);
        double fromY = mean(from, 1);
        double toX = mean(to, 0);
        double toY = mean(to, 1);
        double along = 0;
        double across = 0;
        double squares = 0;
        double count = 0;
        for (int i = 0; i < from.length; i += 2, count++) {
            double px = from[i] - fromX;
            double py = from[i + 1] - fromY;
            double qx = to[i] - toX;
            double qy = to[i + 1] - toY;
            along += px * qx + py * qy;
            across += px * qy - py * qx;
            squares += px * px + py * py;
        }
        if (!(squares / count >= MIN_SPREAD) || (along == 0 && across == 0)) {
            return Optional.empty();
        }
        double a = along / squares;
        double b = across / squares;
        return Optional.of(new SimilarityTransform(a, b, toX - a * fromX + b * fromY, toY - b * fromX - a * fromY));
    }

    public double x(double x, double y) {
        return a * x - b * y + c;
    }

    public double y(double x, double y) {
        return b * x + a * y + d;
    }

    /** Target units per unit of the source, above 0. */
    public double scale() {
        return Math.sqrt(a * a + b * b);
    }

    /** From target to source. */
    public SimilarityTransform inverse() {
        double squares = a * a + b * b;
        double inverseA = a / squares;
        double inverseB = -b / squares;
        return new SimilarityTransform(inverseA, inverseB, -inverseA * c + inverseB * d, -inverseB * c - inverseA * d);
    }

    /** This transform for a target of which only what lies beyond {@code firstX}, {@code firstY} is wanted, enlarged by {@code factor}. */
    public SimilarityTransform withTargetCut(double firstX, double firstY, double factor) {
        return new SimilarityTransform(a * factor, b * factor, (c - firstX) * factor, (d - firstY) * factor);
    }

    /** This transform for a source whose coordinates have all been multiplied by {@code factor}. */
    SimilarityTransform fromSourceScaledBy(double factor) {
        return new SimilarityTransform(a / factor, b / factor, c, d);
    }

    /** Root mean square of the distances that remain between the moved {@code from} and {@code to}, in units of the target. */
    public double residual(double[] from, double[] to) {
        double squares = 0;
        double count = 0;
        for (int i = 0; i < from.length; i += 2, count++) {
            double dx = x(from[i], from[i + 1]) - to[i];
            double dy = y(from[i], from[i + 1]) - to[i + 1];
            squares += dx * dx + dy * dy;
        }
        return Math.sqrt(squares / count);
    }

    private static double mean(double[] points, int first) {
        double sum = 0;
        double count = 0;
        for (int i = first; i < points.length; i += 2, count++) {
            sum += points[i];
        }
        return sum / count;
    }
}
