package io.sightline.contracts.frame;

import java.util.Arrays;

/** A JPEG picture's bytes (JFIF), wrapped so that equality is by content. The array is not copied: do not change it. */
public final class Jpeg {
    private static final Jpeg NONE = new Jpeg(new byte[0]);

    private final byte[] bytes;

    private Jpeg(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps the array without a copy; the caller gives it away. */
    public static Jpeg adopt(byte[] bytes) {
        return bytes.length == 0 ? NONE : new Jpeg(bytes);
    }

    /** No picture: it was dropped, or there never was one. */
    public static Jpeg none() {
        return NONE;
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public int sizeBytes() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Jpeg that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Jpeg[" + bytes.length + " bytes]";
    }
}
