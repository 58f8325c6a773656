package io.sightline.app.report.live;

/** A terminal's size in characters; sizes too small to draw in are raised to the least. */
record ScreenSize(int columns, int rows) {
    static final ScreenSize USUAL = new ScreenSize(100, 30);
    private static final int LEAST_COLUMNS = 40;
    private static final int LEAST_ROWS = 6;

    ScreenSize {
        columns = Math.max(LEAST_COLUMNS, columns);
        rows = Math.max(LEAST_ROWS, rows);
    }
}
