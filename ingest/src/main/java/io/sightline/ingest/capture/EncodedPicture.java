package io.sightline.ingest.capture;

import io.sightline.contracts.frame.Jpeg;

/** A picture that is ready to go; its memory is Java's own. */
public record EncodedPicture(Jpeg jpeg, int widthPx, int heightPx) {
    public EncodedPicture {
        if (jpeg.isEmpty() || widthPx < 1 || heightPx < 1) {
            throw new IllegalArgumentException(
                    "picture of " + widthPx + "x" + heightPx + " and " + jpeg.sizeBytes() + " bytes");
        }
    }
}
