package io.sightline.app.report.sheet;

/**
 * How a sheet is drawn.
 *
 * @param columns tiles in a row, 1 to 8
 * @param rows of tiles at most, 1 to 8; fewer frames make fewer rows
 * @param faces whether faces are shown
 */
public record SheetOptions(int columns, int rows, Faces faces) {
    private static final int MOST = 8;

    /** What is done to faces. */
    public enum Faces {
        SHOWN,
        /**
         * Made unrecognisable, for pictures that are published. The whole picture is softened too, for faces that were not found: look
         * before you publish.
         */
        BLURRED
    }

    public SheetOptions {
        if (columns < 1 || columns > MOST || rows < 1 || rows > MOST) {
            throw new IllegalArgumentException(
                    "contact sheet of " + columns + " by " + rows + " frames: 1 to " + MOST + " either way");
        }
    }

    public static SheetOptions defaults() {
        return new SheetOptions(4, 4, Faces.SHOWN);
    }

    public SheetOptions withFaces(Faces other) {
        return new SheetOptions(columns, rows, other);
    }

    /** How many frames it can show. */
    public int frames() {
        return columns * rows;
    }
}
