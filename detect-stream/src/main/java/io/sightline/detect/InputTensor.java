package io.sightline.detect;

import io.sightline.inference.RgbImage;
import io.sightline.inference.card.ChannelOrder;
import io.sightline.inference.card.InputSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The network's input, {@code [1][3][height][width]} floats in native order outside the heap, filled anew for each picture.
 * Belongs to one caller at a time.
 */
final class InputTensor {
    private static final int CHANNELS = RgbImage.CHANNELS;

    private final InputSpec input;
    private final int widthPx;
    private final int heightPx;
    private final FloatBuffer planes;
    private final float[] row;
    private final float[] blank;

    InputTensor(InputSpec input, int widthPx, int heightPx) {
        this.input = input;
        this.widthPx = widthPx;
        this.heightPx = heightPx;
        this.planes = ByteBuffer.allocateDirect(CHANNELS * widthPx * heightPx * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.row = new float[widthPx];
        this.blank = new float[widthPx];
    }

    /** Lays the picture into the input; what it leaves free is 0, the middle of what the network was trained on. */
    FloatBuffer fill(RgbImage picture, Letterbox letterbox) {
        Resampler.scale(
                picture,
                Region.whole(picture),
                letterbox.contentWidthPx(),
                letterbox.contentHeightPx(),
                (y, sums) -> putRow(y, sums, letterbox.contentWidthPx()));
        for (int y = letterbox.contentHeightPx(); y < heightPx; y++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                planes.put(index(channel, y), blank);
            }
        }
        return planes;
    }

    /** One row of the picture and what is free behind it. */
    private void putRow(int y, int[] sums, int contentWidthPx) {
        float scale = input.scale() / Resampler.UNIT;
        float shift = -input.mean() * input.scale();
        for (int channel = 0; channel < CHANNELS; channel++) {
            int colour = input.channels() == ChannelOrder.RGB ? channel : CHANNELS - 1 - channel;
            int from = colour * contentWidthPx;
            for (int x = 0; x < contentWidthPx; x++) {
                row[x] = sums[from + x] * scale + shift;
            }
            planes.put(index(channel, y), row, 0, contentWidthPx);
            planes.put(index(channel, y) + contentWidthPx, blank, 0, widthPx - contentWidthPx);
        }
    }

    private int index(int channel, int y) {
        return (channel * heightPx + y) * widthPx;
    }
}
