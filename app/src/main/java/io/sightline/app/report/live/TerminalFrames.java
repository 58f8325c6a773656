package io.sightline.app.report.live;

import java.util.List;

/**
 * Successive pictures of a few lines, each drawn over the one before: cursor up, every line cleared to its end, what is left below
 * erased. One string per picture, written at once, so nothing flickers. No I/O. Belongs to one thread.
 */
final class TerminalFrames {
    /** Cursor hidden, lines that are too long cut by the terminal instead of wrapped. */
    static final String BEGIN = "\u001B[?25l\u001B[?7l";

    static final String END = "\u001B[?7h\u001B[?25h";

    private static final String CLEAR_TO_END_OF_LINE = "\u001B[K";
    private static final String CLEAR_BELOW = "\u001B[J";

    private int drawn;

    String next(List<String> lines) {
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append("\u001B[").append(drawn).append('A');
        }
        frame.append('\r');
        for (String line : lines) {
            frame.append(line).append(CLEAR_TO_END_OF_LINE).append('\n');
        }
        drawn = lines.size();
        return frame.append(CLEAR_BELOW).toString();
    }
}
