package io.sightline.inference.align;

import io.sightline.inference.RgbImage;
import java.util.Arrays;

/**
 * Resamples a picture through a similarity transform.
 *
 * <p>Idea: each target pixel asks the inverse transform where its middle came from and takes the bilinear mean of the four pixels
 * there. That aliases when the picture shrinks, so a picture more than twice too large is first halved by 2×2 means (a mip level), and
 * for the rest, a shrinking by 4/3 to 2, four points per target pixel are averaged: every source pixel then counts, at a cost
 * bounded by 4 · 112² samples whatever the picture's size. Coordinates are doubles, weights 1/2048 in integers, so the bytes are the
 * same on every machine. Against Gaussian pre-filtering it needs no second picture in the common case.
 */
final class Warp {
    private static final int CHANNELS = RgbImage.CHANNELS;
    private static final int WEIGHT_BITS = 11;
    private static final int ONE = 1 << WEIGHT_BITS;

    /** Source pixels per target pixel above which one sample per target pixel would alias: shrinking by a quarter. */
    private static final double MAX_SHRINKING_BY_ONE_SAMPLE = 4 / 3.0;

    private final RgbImage picture;
    private final SimilarityTransform toPicture;
    private final long[] sums = new long[CHANNELS];

    private Warp(RgbImage picture, SimilarityTransform toPicture) {
        this.picture = picture;
        this.toPicture = toPicture;
    }

    static RgbImage warp(RgbImage picture, SimilarityTransform toTarget, int sidePx) {
        RgbImage source = picture;
        SimilarityTransform transform = toTarget;
        while (1 / transform.scale() > 2 && source.widthPx() > 1 && source.heightPx() > 1) {
            source = halved(source);
            transform = transform.fromSourceScaledBy(0.5);
        }
        SimilarityTransform toPicture = transform.inverse();
        return new Warp(source, toPicture).run(sidePx, toPicture.scale() > MAX_SHRINKING_BY_ONE_SAMPLE ? 2 : 1);
    }

    /**
     * @param grid samples per target pixel along each axis, 1 or 2
     */
    private RgbImage run(int sidePx, int grid) {
        byte[] target = new byte[sidePx * sidePx * CHANNELS];
        long full = ((long) grid * grid) << (2 * WEIGHT_BITS);
        int at = 0;
        for (int y = 0; y < sidePx; y++) {
            for (int x = 0; x < sidePx; x++) {
                Arrays.fill(sums, 0);
                for (int down = 0; down < grid; down++) {
                    for (int along = 0; along < grid; along++) {
                        addSample(x + (along + 0.5) / grid, y + (down + 0.5) / grid);
                    }
                }
                for (long sum : sums) {
                    target[at++] = (byte) ((sum + full / 2) / full);
                }
            }
        }
        return RgbImage.adopt(sidePx, sidePx, target);
    }

    /** Adds red, green and blue at a target point to {@link #sums}, each level · 2^22. */
    private void addSample(double targetX, double targetY) {
        double x = clamp(toPicture.x(targetX, targetY) - 0.5, picture.widthPx() - 1);
        double y = clamp(toPicture.y(targetX, targetY) - 0.5, picture.heightPx() - 1);
        int left = (int) x;
        int top = (int) y;
        int weightX = (int) ((x - left) * ONE + 0.5);
        int weightY = (int) ((y - top) * ONE + 0.5);
        int topLeft = picture.offset(left, top);
        int right = left + 1 < picture.widthPx() ? CHANNELS : 0;
        int below = top + 1 < picture.heightPx() ? picture.widthPx() * CHANNELS : 0;
        byte[] rgb = picture.rgb();
        for (int channel = 0; channel < CHANNELS; channel++) {
            int at = topLeft + channel;
            int upper = (rgb[at] & 0xff) * (ONE - weightX) + (rgb[at + right] & 0xff) * weightX;
            int lower = (rgb[at + below] & 0xff) * (ONE - weightX) + (rgb[at + below + right] & 0xff) * weightX;
            sums[channel] += upper * (ONE - weightY) + lower * weightY;
        }
    }

    private static double clamp(double value, int max) {
        return Math.max(0, Math.min(max, value));
    }

    /** Half the width and height, rounded down; each pixel the mean of four. */
    static RgbImage halved(RgbImage picture) {
        int width = picture.widthPx() / 2;
        int height = picture.heightPx() / 2;
        byte[] from = picture.rgb();
        byte[] to = new byte[width * height * CHANNELS];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int upper = picture.offset(0, 2 * y);
            int lower = picture.offset(0, 2 * y + 1);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < CHANNELS; channel++, upper++, lower++) {
                    int sum = (from[upper] & 0xff)
                            + (from[upper + CHANNELS] & 0xff)
                            + (from[lower] & 0xff)
                            + (from[lower + CHANNELS] & 0xff);
                    to[at++] = (byte) ((sum + 2) / 4);
                }
                upper += CHANNELS;
                lower += CHANNELS;
            }
        }
        return RgbImage.adopt(width, height, to);
    }
}
