package io.sightline.contracts.frame;

import java.util.regex.Pattern;

/** Names a camera; the key of every record about it. 1 to 64 characters of {@code a-z}, {@code 0-9} and {@code -}. */
public record CameraId(String value) implements Comparable<CameraId> {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9-]{1,64}");

    public CameraId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "camera id '" + printable(value) + "' is not allowed: use 1 to 64 of a-z, 0-9 and '-'");
        }
    }

    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches();
    }

    @Override
    public int compareTo(CameraId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String printable(String value) {
        String cut = value.length() > 80 ? value.substring(0, 80) + "…" : value;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
