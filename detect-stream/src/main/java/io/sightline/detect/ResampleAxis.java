package io.sightline.detect;

/**
 * One axis of a resampling: which source pixels make up each target pixel, with which share. When shrinking, the area
 * that a target pixel covers; when enlarging, linear interpolation between the middles of two source pixels.
 *
 * <p>Shares are integers that add up to exactly {@link #ONE} for each target pixel, so a flat picture stays flat.
 */
final class ResampleAxis {
    static final int BITS = 11;
    static final int ONE = 1 << BITS;

    /** Per target pixel its first source pixel. */
    final int[] first;
    /** Per target pixel where its shares begin in {@link #shares}; one entry more than pixels. */
    final int[] begin;

    final int[] shares;

    private ResampleAxis(int[] first, int[] begin, int[] shares) {
        this.first = first;
        this.begin = begin;
        this.shares = shares;
    }

    static ResampleAxis of(int sourcePx, int targetPx) {
        double ratio = (double) sourcePx / targetPx;
        int tapsAtMost = Math.max(2, (int) Math.ceil(ratio) + 1);
        int[] first = new int[targetPx];
        int[] begin = new int[targetPx + 1];
        int[] shares = new int[targetPx * tapsAtMost];
        for (int i = 0; i < targetPx; i++) {
            double from = ratio >= 1 ? i * ratio : (i + 0.5) * ratio - 0.5;
            double to = ratio >= 1 ? from + ratio : from + 1;
            begin[i + 1] = spread(Math.max(0, from), Math.min(sourcePx, to), shares, begin[i]);
            first[i] = Math.min(sourcePx - 1, (int) Math.max(0, from));
        }
        return new ResampleAxis(first, begin, shares);
    }

    /** Shares of the pixels that [from, to) covers, written from {@code at} on; where the next begin. */
    private static int spread(double from, double to, int[] shares, int at) {
        int end = at;
        int left = ONE;
        double length = to - from;
        for (int pixel = (int) from; pixel < to && left > 0; pixel++) {
            double covered = Math.min(to, pixel + 1) - Math.max(from, pixel);
            int share = Math.min(left, (int) Math.round(covered / length * ONE));
            shares[end++] = share;
            left -= share;
        }
        shares[end - 1] += left;
        return end;
    }
}
