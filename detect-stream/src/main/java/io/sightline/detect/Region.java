package io.sightline.detect;

import io.sightline.inference.RgbImage;

/** A rectangle of whole pixels of a picture; lies within it and has an area. */
record Region(int left, int top, int widthPx, int heightPx) {
    Region {
        if (left < 0 || top < 0 || widthPx < 1 || heightPx < 1) {
            throw new IllegalArgumentException(
                    "region of " + widthPx + "x" + heightPx + " at " + left + "," + top + " is not within a picture");
        }
    }

    static Region whole(RgbImage picture) {
        return new Region(0, 0, picture.widthPx(), picture.heightPx());
    }
}
