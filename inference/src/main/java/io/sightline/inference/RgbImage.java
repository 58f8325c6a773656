package io.sightline.inference;

import java.util.Arrays;

/**
 * A decoded picture: rows from the top, pixels from the left, three bytes red, green, blue each, without padding.
 * The array is shared, not copied: whoever gave the picture away no longer changes it.
 */
public final class RgbImage {
    /** Bytes of a pixel. */
    public static final int CHANNELS = 3;

    private final int widthPx;
    private final int heightPx;
    private final byte[] rgb;

    private RgbImage(int widthPx, int heightPx, byte[] rgb) {
        this.widthPx = widthPx;
        this.heightPx = heightPx;
        this.rgb = rgb;
    }

    /** Takes {@code rgb}, {@code [heightPx][widthPx][3]}, without a copy; the caller gives it away. */
    public static RgbImage adopt(int widthPx, int heightPx, byte[] rgb) {
        if (widthPx < 1 || heightPx < 1) {
            throw new IllegalArgumentException("a picture of " + widthPx + "x" + heightPx + " px has no pixel");
        }
        if ((long) widthPx * heightPx * CHANNELS != rgb.length) {
            throw new IllegalArgumentException("a picture of " + widthPx + "x" + heightPx + " px takes "
                    + (long) widthPx * heightPx * CHANNELS + " bytes, got " + rgb.length);
        }
        return new RgbImage(widthPx, heightPx, rgb);
    }

    public int widthPx() {
        return widthPx;
    }

    public int heightPx() {
        return heightPx;
    }

    /** {@code [heightPx][widthPx][3]}, the array itself: do not change it. */
    public byte[] rgb() {
        return rgb;
    }

    /** Where pixel (x, y) begins in {@link #rgb()}; the caller keeps within the picture. */
    public int offset(int x, int y) {
        return (y * widthPx + x) * CHANNELS;
    }

    /** A copy of the pixels from {@code (left, top)}, which must lie within the picture. */
    public RgbImage crop(int left, int top, int cropWidthPx, int cropHeightPx) {
        if (left < 0 || top < 0 || left > widthPx - cropWidthPx || top > heightPx - cropHeightPx) {
            throw new IllegalArgumentException("a crop of " + cropWidthPx + "x" + cropHeightPx + " px at (" + left
                    + ", " + top + ") leaves the picture of " + widthPx + "x" + heightPx + " px");
        }
        byte[] cropped = new byte[Math.max(0, cropWidthPx) * Math.max(0, cropHeightPx) * CHANNELS];
        for (int y = 0; y < cropHeightPx; y++) {
            System.arraycopy(rgb, offset(left, top + y), cropped, y * cropWidthPx * CHANNELS, cropWidthPx * CHANNELS);
        }
        return adopt(cropWidthPx, cropHeightPx, cropped);
    }

    /** A copy with left and right exchanged. */
    public RgbImage mirrored() {
        byte[] mirrored = new byte[rgb.length];
        for (int y = 0; y < heightPx; y++) {
            for (int x = 0; x < widthPx; x++) {
                System.arraycopy(rgb, offset(x, y), mirrored, offset(widthPx - 1 - x, y), CHANNELS);
            }
        }
        return adopt(widthPx, heightPx, mirrored);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbImage that
                && widthPx == that.widthPx
                && heightPx == that.heightPx
                && Arrays.equals(rgb, that.rgb);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * widthPx + heightPx) + Arrays.hashCode(rgb);
    }

    @Override
    public String toString() {
        return "RgbImage[" + widthPx + "x" + heightPx + " px]";
    }
}
