package io.sightline.app.report.text;

/** Text from outside (names, causes, addresses) made harmless for a terminal, a log line or a picture. */
public final class PlainText {
    private PlainText() {}

    /**
     * One line without control characters: escape sequences lose their escape, line breaks and tabs become a space, marks that
     * reorder text (Unicode bidirectional controls), lone surrogates and unassigned code points become {@code �}.
     */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(clean, point));
        return clean.toString().strip();
    }

    private static void append(StringBuilder clean, int point) {
        if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            if (clean.isEmpty() || clean.charAt(clean.length() - 1) != ' ') {
                clean.append(' ');
            }
            return;
        }
        if (isJoiner(point)) {
            clean.appendCodePoint(point);
            return;
        }
        switch (Character.getType(point)) {
            case Character.CONTROL -> {}
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
                clean.append('\uFFFD');
            default -> clean.appendCodePoint(point);
        }
    }

    /** Zero-width joiner and non-joiner: they build emoji and letters of several scripts, and reorder nothing. */
    private static boolean isJoiner(int point) {
        return point == 0x200C || point == 0x200D;
    }
}
