package io.sightline.runtime.settings;

import java.util.List;
import java.util.Map;

/** A settings file's contents, each value with the line (from 1) on which its key, or itself in a list, stands. */
sealed interface YamlValue {
    int line();

    /** A scalar as written, without its quotes. */
    record Text(String text, int line) implements YamlValue {}

    /** A key without a value. */
    record Nothing(int line) implements YamlValue {}

    /** Keys with values, in the file's order. */
    record Mapping(Map<String, YamlValue> entries, int line) implements YamlValue {}

    /** {@code - one} {@code - two}. */
    record Sequence(List<YamlValue> items, int line) implements YamlValue {}
}
