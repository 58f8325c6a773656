package io.sightline.runtime.settings;

/**
 * A value as somebody wrote it.
 *
 * @param where {@code sightline.yaml:12}, a variable's name, or {@code flag}
 */
record Written(String text, String where) {
    private static final int MAX_SHOWN = 120;

    /** The value for a message: on one line, cut, without credentials. */
    String shown() {
        return shown(text);
    }

    static String shown(String text) {
        String flat = Masking.url(text).replaceAll("\\p{Cntrl}", "?");
        return "'" + (flat.length() > MAX_SHOWN ? flat.substring(0, MAX_SHOWN) + "…" : flat) + "'";
    }
}
