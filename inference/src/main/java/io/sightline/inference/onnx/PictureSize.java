package io.sightline.inference.onnx;

/** Of a network's input. */
public record PictureSize(int widthPx, int heightPx) {
    private static final int MAX_PX = 8192;

    public PictureSize {
        if (widthPx < 1 || heightPx < 1 || widthPx > MAX_PX || heightPx > MAX_PX) {
            throw new IllegalArgumentException(
                    "a picture of " + widthPx + "x" + heightPx + " px (sides of 1 to " + MAX_PX + ")");
        }
    }

    @Override
    public String toString() {
        return widthPx + "x" + heightPx;
    }
}
