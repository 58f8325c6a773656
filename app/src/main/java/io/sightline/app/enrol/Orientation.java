package io.sightline.app.enrol;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import io.sightline.inference.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** How a camera was held: EXIF's tag 274, in its order from 1 on. Each names what must be done to see the photo upright. */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRROR(false, true, false),
    TURN_HALF(false, true, true),
    FLIP(false, false, true),
    TRANSPOSE(true, false, false),
    TURN_RIGHT(true, true, false),
    TRANSVERSE(true, true, true),
    TURN_LEFT(true, false, true);

    /** Rows become columns, before anything else. */
    private final boolean isTransposed;

    private final boolean isMirrored;
    private final boolean isFlipped;

    Orientation(boolean isTransposed, boolean isMirrored, boolean isFlipped) {
        this.isTransposed = isTransposed;
        this.isMirrored = isMirrored;
        this.isFlipped = isFlipped;
    }

    /** What a photo's file says; upright where it says nothing, or nothing that can be read. */
    static Orientation of(byte[] file) {
        try {
            Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(file), file.length);
            for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
                Integer tag = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
                if (tag != null && tag >= 1 && tag <= values().length) {
                    return values()[tag - 1];
                }
            }
            return UPRIGHT;
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            // a photo with broken metadata is still a photo
            return UPRIGHT;
        }
    }

    RgbImage upright(RgbImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = isTransposed ? stored.heightPx() : stored.widthPx();
        int height = isTransposed ? stored.widthPx() : stored.heightPx();
        byte[] from = stored.rgb();
        byte[] to = new byte[from.length];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int alongY = isFlipped ? height - 1 - y : y;
            for (int x = 0; x < width; x++) {
                int alongX = isMirrored ? width - 1 - x : x;
                int source = isTransposed ? stored.offset(alongY, alongX) : stored.offset(alongX, alongY);
                to[at++] = from[source];
                to[at++] = from[source + 1];
                to[at++] = from[source + 2];
            }
        }
        return RgbImage.adopt(width, height, to);
    }
}
