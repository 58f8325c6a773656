package io.sightline.detect.jpeg;

import java.util.Optional;

/**
 * Width and height as a JPEG's own header tells them, read without decoding, so that a picture too large is refused
 * before memory is spent on it. ITU-T T.81, B.2.2 (frame header) and table B.1 (markers).
 */
record JpegSize(int widthPx, int heightPx) {
    private static final int MARKER = 0xff;
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;

    long pixels() {
        return (long) widthPx * heightPx;
    }

    /** Empty when there is no frame header where one should be: then it is for the decoder to say what is wrong. */
    static Optional<JpegSize> read(byte[] jpeg) {
        int at = 2;
        while (at + 3 < jpeg.length && unsigned(jpeg, at) == MARKER) {
            int code = unsigned(jpeg, at + 1);
            if (code == MARKER) {
                at++;
            } else if (isAlone(code)) {
                at += 2;
            } else if (isStartOfFrame(code)) {
                return at + 8 < jpeg.length
                        ? Optional.of(new JpegSize(pair(jpeg, at + 7), pair(jpeg, at + 5)))
                        : Optional.empty();
            } else if (code == START_OF_SCAN || code == END_OF_IMAGE) {
                return Optional.empty();
            } else {
                at += 2 + pair(jpeg, at + 2);
            }
        }
        return Optional.empty();
    }

    /** C0 to CF, but the tables DHT, JPG and DAC. */
    private static boolean isStartOfFrame(int code) {
        return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
    }

    /** Markers without a length: TEM, RST0 to RST7, SOI. */
    private static boolean isAlone(int code) {
        return code == 0x01 || (code >= 0xd0 && code <= 0xd8);
    }

    private static int pair(byte[] bytes, int at) {
        return unsigned(bytes, at) << 8 | unsigned(bytes, at + 1);
    }

    private static int unsigned(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }
}
