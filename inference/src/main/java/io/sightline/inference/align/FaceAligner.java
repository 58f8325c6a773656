package io.sightline.inference.align;

import io.sightline.contracts.face.Landmarks;
import io.sightline.inference.RgbImage;
import java.util.Optional;

/** Lays faces onto ArcFace's 112×112 template (Deng et al., 2019). */
public final class FaceAligner {
    /** Width and height of an aligned face. */
    public static final int SIDE_PX = 112;

    /**
     * The residual of landmarks that no transform can lay onto the template at all: the template's own spread about its middle, which is
     * also the largest that a least-squares fit can leave.
     */
    public static final float WORST_RESIDUAL_PX;

    /** Where the landmarks of a frontal face lie, in pixel indices as InsightFace publishes them; indices are middles, hence + 0.5. */
    private static final double[] TEMPLATE =
            continuous(38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041);

    static {
        WORST_RESIDUAL_PX = (float) spread(TEMPLATE);
    }

    private FaceAligner() {}

    /** Where the landmarks lie in an aligned face: what a picture that is aligned already is embedded with. */
    public static Landmarks template() {
        float[] points = new float[TEMPLATE.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) TEMPLATE[i];
        }
        return Landmarks.of(points);
    }

    /** Empty when the landmarks lie on one spot, so that there is nothing to align. */
    public static Optional<Alignment> fit(Landmarks inPicture) {
        double[] points = new double[2 * Landmarks.POINTS];
        for (int i = 0; i < Landmarks.POINTS; i++) {
            points[2 * i] = inPicture.x(i);
            points[2 * i + 1] = inPicture.y(i);
        }
        return SimilarityTransform.leastSquares(points, TEMPLATE)
                .map(fitted -> new Alignment(fitted, (float) fitted.residual(points, TEMPLATE)));
    }

    /** The face as a picture of {@link #SIDE_PX} × {@link #SIDE_PX}; beyond the picture's edge its border pixels go on. */
    public static RgbImage warp(RgbImage picture, Alignment alignment) {
        return Warp.warp(picture, alignment.toTemplate(), SIDE_PX);
    }

    /**
     * A square piece of the template, as a picture of {@code sidePx} × {@code sidePx}; beyond the picture's edge its border pixels go on.
     *
     * @param toPiece from the picture's coordinates to the piece's, as {@link SimilarityTransform#withTargetCut} makes it
     */
    public static RgbImage warp(RgbImage picture, SimilarityTransform toPiece, int sidePx) {
        return Warp.warp(picture, toPiece, sidePx);
    }

    private static double[] continuous(double... indices) {
        double[] points = indices.clone();
        for (int i = 0; i < points.length; i++) {
            points[i] += 0.5;
        }
        return points;
    }

    private static double spread(double[] points) {
        double middleX = 0;
        double middleY = 0;
        for (int i = 0; i < points.length; i += 2) {
            middleX += points[i] / Landmarks.POINTS;
            middleY += points[i + 1] / Landmarks.POINTS;
        }
        double squares = 0;
        for (int i = 0; i < points.length; i += 2) {
            squares += (points[i] - middleX) * (points[i] - middleX)
                    + (points[i + 1] - middleY) * (points[i + 1] - middleY);
        }
        return Math.sqrt(squares / Landmarks.POINTS);
    }
}
