package io.sightline.inference.card;

import io.sightline.inference.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one YAML file, gathered so that all of it is told at once. */
final class Mistakes {
    private final List<String> lines = new ArrayList<>();

    void add(String field, String message) {
        lines.add("  " + field + ": " + message.replaceAll("\\R", " "));
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Throws when a mistake was noted. */
    void finish(String what, Path file) {
        if (!lines.isEmpty()) {
            throw new ModelException(
                    what + " " + file + " has " + (lines.size() == 1 ? "a mistake" : lines.size() + " mistakes")
                            + "; correct the file:\n" + String.join("\n", lines));
        }
    }
}
