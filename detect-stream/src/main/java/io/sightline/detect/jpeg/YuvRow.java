package io.sightline.detect.jpeg;

/**
 * One row of RGB as the full-range YCbCr of JFIF 1.02 (ITU-R BT.601 with 0 to 255), in integers scaled by 2^16.
 */
final class YuvRow {
    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    /** 128 with rounding; one less than a half keeps 255.5 from becoming 256. */
    private static final int CENTRE = (128 << BITS) + HALF - 1;

    private final byte[] luma;
    private final byte[] blueDifference;
    private final byte[] redDifference;

    YuvRow(int widthPx) {
        luma = new byte[widthPx];
        blueDifference = new byte[widthPx];
        redDifference = new byte[widthPx];
    }

    /** Converts one row, interleaved from {@code offset} on; the results stand until the next call. */
    void convert(byte[] rgb, int offset) {
        int at = offset;
        for (int x = 0; x < luma.length; x++) {
            int r = rgb[at] & 0xff;
            int g = rgb[at + 1] & 0xff;
            int b = rgb[at + 2] & 0xff;
            at += 3;
            luma[x] = (byte) ((19595 * r + 38470 * g + 7471 * b + HALF) >> BITS);
            blueDifference[x] = (byte) ((-11059 * r - 21709 * g + 32768 * b + CENTRE) >> BITS);
            redDifference[x] = (byte) ((32768 * r - 27439 * g - 5329 * b + CENTRE) >> BITS);
        }
    }

    /** {@code [width]} */
    byte[] luma() {
        return luma;
    }

    /** {@code [width]}, 128 is none */
    byte[] blueDifference() {
        return blueDifference;
    }

    /** {@code [width]}, 128 is none */
    byte[] redDifference() {
        return redDifference;
    }
}
