package io.sightline.embed.quality;

import io.sightline.inference.RgbImage;

/**
 * Variance of the Laplacian (Pech-Pacheco et al., 2000, "Diatom autofocusing in brightfield microscopy") of a picture's luma:
 * large where there is fine detail, near 0 where everything is smooth.
 *
 * <p>On an aligned face it tells detail per template pixel, so a small face, enlarged by the alignment, measures low however sharp its
 * lens: that is meant, for the recogniser sees the same. Integers throughout: the same bytes give the same number.
 */
public final class Sharpness {
    private Sharpness() {}

    /** In 8-bit levels², of a picture of at least 3×3; its outermost pixels have too few neighbours and count only as such. */
    public static float of(RgbImage picture) {
        int width = picture.widthPx();
        int height = picture.heightPx();
        if (width < 3 || height < 3) {
            throw new IllegalArgumentException(
                    "sharpness of " + width + "x" + height + " pixels: at least 3x3 are needed");
        }
        int[] luma = luma(picture);
        long sum = 0;
        long squares = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int at = y * width + 1; at < y * width + width - 1; at++) {
                int laplacian = luma[at - width] + luma[at - 1] - 4 * luma[at] + luma[at + 1] + luma[at + width];
                sum += laplacian;
                squares += (long) laplacian * laplacian;
            }
        }
        double count = (double) (width - 2) * (height - 2);
        double mean = sum / count;
        return (float) Math.max(0, squares / count - mean * mean);
    }

    /** {@code [height · width]}, 0 to 255, by the weights of ITU-R BT.601 in 1/256. */
    private static int[] luma(RgbImage picture) {
        byte[] rgb = picture.rgb();
        int[] luma = new int[picture.widthPx() * picture.heightPx()];
        for (int i = 0, at = picture.offset(0, 0); i < luma.length; i++, at += 3) {
            luma[i] = (77 * (rgb[at] & 0xff) + 150 * (rgb[at + 1] & 0xff) + 29 * (rgb[at + 2] & 0xff) + 128) >> 8;
        }
        return luma;
    }
}
