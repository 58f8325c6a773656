package io.sightline.inference;

import io.sightline.inference.card.ChannelOrder;
import io.sightline.inference.card.InputSpec;

/** A picture as a network's input. */
public final class PictureTensor {
    private PictureTensor() {}

    /** Writes a picture into {@code [3][height][width]} floats of {@code tensor} from {@code at} on, by the input's channel order, mean and scale. */
    public static void put(RgbImage picture, InputSpec input, float[] tensor, int at) {
        int plane = picture.widthPx() * picture.heightPx();
        boolean isRedFirst = input.channels() == ChannelOrder.RGB;
        int red = isRedFirst ? at : at + 2 * plane;
        int green = at + plane;
        int blue = isRedFirst ? at + 2 * plane : at;
        byte[] rgb = picture.rgb();
        for (int i = 0, from = 0; i < plane; i++, from += RgbImage.CHANNELS) {
            tensor[red + i] = input.normalised(rgb[from] & 0xff);
            tensor[green + i] = input.normalised(rgb[from + 1] & 0xff);
            tensor[blue + i] = input.normalised(rgb[from + 2] & 0xff);
        }
    }
}
