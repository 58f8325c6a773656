package io.sightline.inference.card;

import java.util.List;

/**
 * One level of a detector's pyramid.
 *
 * @param stridePx input pixels between two neighbouring cells
 * @param scoreOutput planes {@code [1][2A][h][w]}, A anchors per cell, or rows {@code [1][h·w·A][2]}, or such rows of all
 *     levels in the card's order, under one name
 * @param boxOutput likewise, 4 for 2
 * @param landmarkOutput likewise, 10 for 2
 * @param anchorsPx sides of the square anchors, in the order of the planes
 */
public record Level(
        int stridePx, String scoreOutput, String boxOutput, String landmarkOutput, List<Integer> anchorsPx) {
    /** The largest stride that a level may have. */
    public static final int MAX_STRIDE_PX = 256;

    public Level {
        anchorsPx = List.copyOf(anchorsPx);
        if (stridePx < 1 || stridePx > MAX_STRIDE_PX) {
            throw new IllegalArgumentException("a stride of " + stridePx + " px (1 to " + MAX_STRIDE_PX + ")");
        }
        if (anchorsPx.isEmpty() || anchorsPx.stream().anyMatch(side -> side < 1)) {
            throw new IllegalArgumentException("anchors of " + anchorsPx + " px on stride " + stridePx);
        }
    }
}
