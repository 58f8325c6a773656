package io.sightline.app.evaluate;

import static io.sightline.app.evaluate.Wording.say;

import java.util.ArrayList;
import java.util.List;

/** The lines of an embedder's card that an evaluation gives, indented as they stand under {@code embedder}. */
final class CardLines {
    private static final int COLUMNS = 120;

    private CardLines() {}

    /** What match-stream decides by. */
    record Choice(double threshold, double margin) {}

    /**
     * @param origin how both were found
     */
    static List<String> of(Choice choice, String origin) {
        List<String> lines = new ArrayList<>();
        lines.add(say("  threshold: %.2f", choice.threshold()));
        lines.add(say("  margin: %.2f", choice.margin()));
        lines.add("  threshold-origin: >-");
        StringBuilder line = new StringBuilder("   ");
        for (String word : origin.split(" ", -1)) {
            if (line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder("   ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
