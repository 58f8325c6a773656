package io.sightline.detect;

import java.util.List;

/**
 * One stride of an anchor grid laid over the network's input: rows × columns cells, in each the same square anchors.
 *
 * @param stridePx distance between the middles of two neighbouring cells
 * @param firstCentrePx middle of the first cell, x and y alike, in continuous coordinates
 * @param sizesPx side of each anchor of a cell, in the order in which the outputs list them
 */
record AnchorLevel(int stridePx, int columns, int rows, float firstCentrePx, List<Integer> sizesPx) {
    AnchorLevel {
        sizesPx = List.copyOf(sizesPx);
        if (stridePx < 1 || columns < 1 || rows < 1 || sizesPx.isEmpty()) {
            throw new IllegalArgumentException("anchor level of stride " + stridePx + " with " + columns + "x" + rows
                    + " cells of " + sizesPx.size() + " anchors: all must be at least 1");
        }
    }

    /** The level of an input of that size; a border narrower than a stride still has its cells. */
    static AnchorLevel covering(
            int inputWidthPx, int inputHeightPx, int stridePx, float firstCentrePx, List<Integer> sizesPx) {
        return new AnchorLevel(
                stridePx,
                (inputWidthPx + stridePx - 1) / stridePx,
                (inputHeightPx + stridePx - 1) / stridePx,
                firstCentrePx,
                sizesPx);
    }

    int cells() {
        return columns * rows;
    }

    int anchorsPerCell() {
        return sizesPx.size();
    }

    int anchors() {
        return cells() * anchorsPerCell();
    }

    float centreX(int cell) {
        int column = cell % columns;
        return firstCentrePx + stridePx * column;
    }

    float centreY(int cell) {
        int row = cell / columns;
        return firstCentrePx + stridePx * row;
    }
}
