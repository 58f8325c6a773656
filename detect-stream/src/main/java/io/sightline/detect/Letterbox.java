package io.sightline.detect;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;

/**
 * A picture laid into the network's input: scaled to fit, its top left corner in the input's, the rest left empty.
 *
 * @param pictureWidthPx the picture's own size
 * @param contentWidthPx the size it takes in the input; its aspect is kept to the pixel
 */
record Letterbox(int pictureWidthPx, int pictureHeightPx, int contentWidthPx, int contentHeightPx) {
    /** A smaller picture is not blown up further than this: it gains nothing, and a 1×1 picture stays what it is. */
    private static final double MAX_ENLARGEMENT = 2;

    static Letterbox fit(int pictureWidthPx, int pictureHeightPx, int inputWidthPx, int inputHeightPx) {
        double scale = Math.min(
                MAX_ENLARGEMENT,
                Math.min((double) inputWidthPx / pictureWidthPx, (double) inputHeightPx / pictureHeightPx));
        return new Letterbox(
                pictureWidthPx,
                pictureHeightPx,
                side(pictureWidthPx * scale, inputWidthPx),
                side(pictureHeightPx * scale, inputHeightPx));
    }

    private static int side(double exactPx, int maxPx) {
        return Math.max(1, Math.min(maxPx, (int) Math.round(exactPx)));
    }

    /** From the input's pixels to the picture's. */
    Detection toPicture(Detection inInput) {
        float scaleX = (float) pictureWidthPx / contentWidthPx;
        float scaleY = (float) pictureHeightPx / contentHeightPx;
        Box box = inInput.box();
        float[] points = inInput.landmarks().toArray();
        for (int i = 0; i < points.length; i += 2) {
            points[i] *= scaleX;
            points[i + 1] *= scaleY;
        }
        return new Detection(
                new Box(box.left() * scaleX, box.top() * scaleY, box.right() * scaleX, box.bottom() * scaleY),
                Landmarks.of(points),
                inInput.score());
    }
}
