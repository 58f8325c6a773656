package io.sightline.match.gallery;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a person may be called, and when two names are the same. */
public final class PersonName {
    static final int MAX_CHARACTERS = 200;

    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private PersonName() {}

    /** Throws {@link IllegalArgumentException} with a sentence for names that are blank, too long or hold control characters. */
    public static void check(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a person's name is blank: give at least one character");
        }
        if (name.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a person's name has " + name.length() + " characters: at most " + MAX_CHARACTERS + " are allowed");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a person's name holds a control character: '" + name.replaceAll("\\p{Cntrl}", "?") + "'");
        }
    }

    /** Equal for names of the same person: Unicode NFC, upper case then lower (so that ß meets SS), spaces collapsed. */
    public static String key(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return SPACES.matcher(Normalizer.normalize(folded, Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
    }
}
