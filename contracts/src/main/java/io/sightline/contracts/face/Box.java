package io.sightline.contracts.face;

/** A face's rectangle in frame pixels; left and top belong to it, right and bottom do not. May reach beyond the frame. */
public record Box(float left, float top, float right, float bottom) {
    public Box {
        if (!(right > left && bottom > top)
                || !Float.isFinite(left)
                || !Float.isFinite(top)
                || !Float.isFinite(right)
                || !Float.isFinite(bottom)) {
            throw new IllegalArgumentException(
                    "box " + left + "," + top + " to " + right + "," + bottom + " has no area");
        }
    }

    public float widthPx() {
        return right - left;
    }

    public float heightPx() {
        return bottom - top;
    }

    /** Intersection over union with another box, 0 to 1. */
    public float iou(Box other) {
        float width = Math.min(right, other.right) - Math.max(left, other.left);
        float height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        float intersection = width * height;
        return intersection / (widthPx() * heightPx() + other.widthPx() * other.heightPx() - intersection);
    }
}
