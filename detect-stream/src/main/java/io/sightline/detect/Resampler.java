package io.sightline.detect;

import io.sightline.inference.RgbImage;

/**
 * Scales a part of a picture, row by row, into whatever the caller makes of the rows: averaging areas when shrinking,
 * bilinear when enlarging.
 *
 * <p>Idea: first the rows that make up a target row are added with their shares (one straight pass over memory), then the
 * columns. Integers throughout, so the result is the same on every machine. Halving, the commonest case (1280×720 into
 * 640×360), has a loop of its own that reads each byte once.
 */
final class Resampler {
    /** A sum divided by this is a level of 0 to 255. */
    static final int UNIT = ResampleAxis.ONE * ResampleAxis.ONE;

    private static final int CHANNELS = 3;

    /** Receives target rows from the top. */
    interface RowSink {
        /**
         * The next row.
         *
         * @param sums {@code [target width · 3]} interleaved red, green, blue, each level · {@link #UNIT}; used again for the
         *     next row
         */
        void row(int y, int[] sums);
    }

    private Resampler() {}

    static void scale(RgbImage picture, Region region, int targetWidthPx, int targetHeightPx, RowSink sink) {
        if (region.widthPx() == 2 * targetWidthPx && region.heightPx() == 2 * targetHeightPx) {
            halve(picture, region, sink);
        } else {
            share(picture, region, targetWidthPx, targetHeightPx, sink);
        }
    }

    /** A scaled copy, rounded to whole levels. */
    static RgbImage scaled(RgbImage picture, Region region, int targetWidthPx, int targetHeightPx) {
        byte[] rgb = new byte[targetWidthPx * targetHeightPx * CHANNELS];
        if (region.widthPx() == targetWidthPx && region.heightPx() == targetHeightPx) {
            for (int y = 0; y < targetHeightPx; y++) {
                int from = picture.offset(region.left(), region.top() + y);
                System.arraycopy(picture.rgb(), from, rgb, y * targetWidthPx * CHANNELS, targetWidthPx * CHANNELS);
            }
        } else {
            scale(picture, region, targetWidthPx, targetHeightPx, (y, sums) -> {
                int at = y * sums.length;
                for (int sum : sums) {
                    rgb[at++] = (byte) ((sum + UNIT / 2) / UNIT);
                }
            });
        }
        return RgbImage.adopt(targetWidthPx, targetHeightPx, rgb);
    }

    private static void share(RgbImage picture, Region region, int targetWidthPx, int targetHeightPx, RowSink sink) {
        ResampleAxis columns = ResampleAxis.of(region.widthPx(), targetWidthPx);
        ResampleAxis rows = ResampleAxis.of(region.heightPx(), targetHeightPx);
        int[] added = new int[region.widthPx() * CHANNELS];
        int[] sums = new int[targetWidthPx * CHANNELS];
        for (int y = 0; y < targetHeightPx; y++) {
            for (int tap = rows.begin[y]; tap < rows.begin[y + 1]; tap++) {
                int sourceY = region.top() + rows.first[y] + tap - rows.begin[y];
                addRow(picture, picture.offset(region.left(), sourceY), rows.shares[tap], tap == rows.begin[y], added);
            }
            gatherColumns(added, columns, sums);
            sink.row(y, sums);
        }
    }

    private static void addRow(RgbImage picture, int from, int share, boolean isFirst, int[] added) {
        byte[] rgb = picture.rgb();
        if (isFirst) {
            for (int i = 0; i < added.length; i++) {
                added[i] = share * (rgb[from + i] & 0xff);
            }
        } else {
            for (int i = 0; i < added.length; i++) {
                added[i] += share * (rgb[from + i] & 0xff);
            }
        }
    }

    private static void gatherColumns(int[] added, ResampleAxis columns, int[] sums) {
        int target = 0;
        for (int x = 0; x < columns.first.length; x++) {
            int source = columns.first[x] * CHANNELS;
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int tap = columns.begin[x]; tap < columns.begin[x + 1]; tap++) {
                int share = columns.shares[tap];
                red += share * added[source];
                green += share * added[source + 1];
                blue += share * added[source + 2];
                source += CHANNELS;
            }
            sums[target++] = red;
            sums[target++] = green;
            sums[target++] = blue;
        }
    }

    private static void halve(RgbImage picture, Region region, RowSink sink) {
        byte[] rgb = picture.rgb();
        int[] sums = new int[region.widthPx() / 2 * CHANNELS];
        int quarter = UNIT / 4;
        for (int y = 0; y < region.heightPx() / 2; y++) {
            int upper = picture.offset(region.left(), region.top() + 2 * y);
            int lower = picture.offset(region.left(), region.top() + 2 * y + 1);
            for (int i = 0; i < sums.length; i += CHANNELS) {
                sums[i] = quarter
                        * ((rgb[upper] & 0xff)
                                + (rgb[upper + 3] & 0xff)
                                + (rgb[lower] & 0xff)
                                + (rgb[lower + 3] & 0xff));
                sums[i + 1] = quarter
                        * ((rgb[upper + 1] & 0xff)
                                + (rgb[upper + 4] & 0xff)
                                + (rgb[lower + 1] & 0xff)
                                + (rgb[lower + 4] & 0xff));
                sums[i + 2] = quarter
                        * ((rgb[upper + 2] & 0xff)
                                + (rgb[upper + 5] & 0xff)
                                + (rgb[lower + 2] & 0xff)
                                + (rgb[lower + 5] & 0xff));
                upper += 2 * CHANNELS;
                lower += 2 * CHANNELS;
            }
            sink.row(y, sums);
        }
    }
}
