package io.sightline.contracts.face;

import io.sightline.contracts.frame.Jpeg;

/**
 * A face cut out of the full-resolution frame with some margin.
 *
 * @param originX frame x of the crop's left edge
 * @param scale frame pixels per crop pixel, at least 1: frame = origin + crop · scale
 */
public record Crop(Jpeg picture, float originX, float originY, float scale) {
    public Crop {
        if (!(scale > 0) || !Float.isFinite(originX) || !Float.isFinite(originY)) {
            throw new IllegalArgumentException("crop at " + originX + "," + originY + " with scale " + scale);
        }
    }

    /** Frame coordinates to this crop's pixels. */
    public Landmarks toCrop(Landmarks inFrame) {
        return inFrame.transformed(1 / scale, -originX / scale, -originY / scale);
    }
}
