package io.sightline.ingest;

import io.sightline.contracts.frame.Jpeg;
import java.util.zip.CRC32C;

/**
 * For how long a camera has shown the very same picture: a sensor's noise makes every picture differ, so one that repeats is a frozen
 * encoder, or no camera at all. Compares checksums of the JPEGs (a picture that is the same is encoded the same). One thread shows
 * pictures, any may ask.
 */
final class PictureChange {
    private static final double NANOS_PER_SECOND = 1e9;

    private final CRC32C checksum = new CRC32C();
    private long last;
    private long changedNanos;
    private boolean hasPicture;
    private volatile double ageSeconds = Double.NaN;

    void picture(Jpeg picture, long nowNanos) {
        checksum.reset();
        checksum.update(picture.bytes());
        long now = checksum.getValue();
        if (!hasPicture || now != last) {
            hasPicture = true;
            last = now;
            changedNanos = nowNanos;
        }
        ageSeconds = (nowNanos - changedNanos) / NANOS_PER_SECOND;
    }

    /** From the last picture that differed to the last one; not a number before the first. */
    double ageSeconds() {
        return ageSeconds;
    }
}
