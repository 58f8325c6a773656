package io.sightline.contracts.frame;

import java.util.Locale;

/** What became of a captured frame: exactly one per frame. */
public enum Outcome {
    /** A face has a name. */
    IDENTIFIED,
    /** Faces, none named: unknown or ambiguous. */
    UNKNOWN,
    /** Faces, none good enough to decide. */
    LOW_QUALITY,
    /** Looked at; nobody there. */
    NO_FACE,
    /** Given up to keep the others fresh. */
    SHED,
    /** Cannot be processed. */
    REJECTED;

    /** The name on the wire, in reports and in metric tags: {@code no_face}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Outcome ofWireName(String name) {
        for (Outcome outcome : values()) {
            if (outcome.wireName().equals(name)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("no outcome is called '" + name + "'");
    }
}
