package io.sightline.detect;

/**
 * Finds one level's values in an output of the network, whichever way the output is laid out. A window on the array, not
 * a copy.
 */
final class HeadView {
    private final float[] values;
    private final int first;
    private final int cellStep;
    private final int anchorStep;
    private final int channelStep;

    private HeadView(float[] values, int first, int cellStep, int anchorStep, int channelStep) {
        this.values = values;
        this.first = first;
        this.cellStep = cellStep;
        this.anchorStep = anchorStep;
        this.channelStep = channelStep;
    }

    /** Planes {@code [1][anchors · channels][rows][columns]}: an anchor's channels stand together. */
    static HeadView planes(float[] values, AnchorLevel level, int channels) {
        int cells = level.cells();
        return new HeadView(values, 0, 1, channels * cells, cells);
    }

    /** Planes {@code [1][channels · anchors][rows][columns]}: a channel's anchors stand together. */
    static HeadView planesByChannel(float[] values, AnchorLevel level) {
        int cells = level.cells();
        return new HeadView(values, 0, 1, cells, level.anchorsPerCell() * cells);
    }

    /** Rows {@code [1][all anchors][channels]}, ordered cell by cell; the level's own begin at row {@code firstRow}. */
    static HeadView rows(float[] values, AnchorLevel level, int firstRow, int channels) {
        return new HeadView(values, firstRow * channels, level.anchorsPerCell() * channels, channels, 1);
    }

    /** The same without the first {@code count} channels. */
    HeadView skippingChannels(int count) {
        return new HeadView(values, first + count * channelStep, cellStep, anchorStep, channelStep);
    }

    float at(int cell, int anchor, int channel) {
        return values[first + cell * cellStep + anchor * anchorStep + channel * channelStep];
    }
}
