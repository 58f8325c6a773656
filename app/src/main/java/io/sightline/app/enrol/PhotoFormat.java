package io.sightline.app.enrol;

import java.util.Optional;

/** The kinds of files that are photos, told by their first bytes, not by their name. */
enum PhotoFormat {
    JPEG("jpeg", 64_000_000),
    PNG("png", 64_000_000),
    /** Its decoder holds the whole picture at four bytes a pixel, so less is allowed. */
    WEBP("webp", 25_000_000);

    private final String coder;
    private final long maxPixels;

    PhotoFormat(String coder, long maxPixels) {
        this.coder = coder;
        this.maxPixels = maxPixels;
    }

    /** The format's name among ImageIO's coders. */
    String coder() {
        return coder;
    }

    /** The largest width · height that is decoded. */
    long maxPixels() {
        return maxPixels;
    }

    static Optional<PhotoFormat> of(byte[] file) {
        if (startsWith(file, 0, 0xff, 0xd8, 0xff)) {
            return Optional.of(JPEG);
        }
        if (startsWith(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return Optional.of(PNG);
        }
        boolean isWebp = startsWith(file, 0, 'R', 'I', 'F', 'F') && startsWith(file, 8, 'W', 'E', 'B', 'P');
        return isWebp ? Optional.of(WEBP) : Optional.empty();
    }

    private static boolean startsWith(byte[] file, int at, int... expected) {
        if (file.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((file[at + i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
