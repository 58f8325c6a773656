package io.sightline.detect;

import io.sightline.contracts.face.Box;
import io.sightline.inference.RgbImage;

/**
 * A part of a picture as a coarse grid of grey levels, to see whether two pictures show the same thing. Each cell is the
 * mean of nine points spread over it, so making one costs microseconds whatever the picture's size.
 */
final class GreyCells {
    private static final int POINTS = 3;
    private static final int SCENE_COLUMNS = 32;
    private static final int SCENE_ROWS = 18;
    private static final int FACE_CELLS = 12;
    /** Side of the square around a face, as a multiple of its box's longer side: the head with some of what surrounds it. */
    private static final float SURROUNDINGS = 1.8f;

    private final int columns;
    private final int rows;
    /** {@code [rows · columns]}, 0 to 255 */
    private final float[] levels;

    private GreyCells(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.levels = new float[columns * rows];
    }

    /** The whole picture, 32×18 cells. */
    static GreyCells ofScene(RgbImage picture) {
        GreyCells cells = new GreyCells(SCENE_COLUMNS, SCENE_ROWS);
        cells.sample(picture, new Box(0, 0, picture.widthPx(), picture.heightPx()));
        return cells;
    }

    /** The square around a face, 12×12 cells; beyond the picture its border goes on. */
    static GreyCells around(RgbImage picture, Box face) {
        float half = Math.max(face.widthPx(), face.heightPx()) * SURROUNDINGS / 2;
        float x = (face.left() + face.right()) / 2;
        float y = (face.top() + face.bottom()) / 2;
        GreyCells cells = new GreyCells(FACE_CELLS, FACE_CELLS);
        cells.sample(picture, new Box(x - half, y - half, x + half, y + half));
        return cells;
    }

    private void sample(RgbImage picture, Box area) {
        float stepX = area.widthPx() / (columns * POINTS);
        float stepY = area.heightPx() / (rows * POINTS);
        for (int row = 0; row < rows * POINTS; row++) {
            int y = within(area.top() + (row + 0.5f) * stepY, picture.heightPx());
            for (int column = 0; column < columns * POINTS; column++) {
                int x = within(area.left() + (column + 0.5f) * stepX, picture.widthPx());
                levels[row / POINTS * columns + column / POINTS] += luma(picture.rgb(), picture.offset(x, y));
            }
        }
        for (int i = 0; i < levels.length; i++) {
            levels[i] /= POINTS * POINTS;
        }
    }

    private static int within(float position, int sizePx) {
        return Math.max(0, Math.min(sizePx - 1, (int) position));
    }

    /** Nearly ITU-R BT.601, in quarters. */
    private static float luma(byte[] rgb, int at) {
        return ((rgb[at] & 0xff) + 2 * (rgb[at + 1] & 0xff) + (rgb[at + 2] & 0xff)) / 4f;
    }

    /** Mean absolute difference of the cells, 0 to 255. */
    float differenceTo(GreyCells other) {
        float sum = 0;
        for (int i = 0; i < levels.length; i++) {
            sum += Math.abs(levels[i] - other.levels[i]);
        }
        return sum / levels.length;
    }

    /** Pearson's correlation of the cells, −1 to 1, blind to a change of brightness or contrast; 1 where one of them is flat. */
    float correlationWith(GreyCells other) {
        double mean = mean(levels);
        double otherMean = mean(other.levels);
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < levels.length; i++) {
            double own = levels[i] - mean;
            double its = other.levels[i] - otherMean;
            product += own * its;
            squares += own * own;
            otherSquares += its * its;
        }
        double scale = Math.sqrt(squares * otherSquares);
        return scale < levels.length ? 1 : (float) (product / scale);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
