package io.sightline.runtime.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How values are spelled, and what a refusal says would have been allowed. */
final class Allowed {
    private Allowed() {}

    static String millis(Duration def, Duration min, Duration max) {
        return "a whole number of milliseconds " + range(def.toMillis(), min.toMillis(), max.toMillis());
    }

    static String range(Number def, Number min, Number max) {
        return "from " + min + " to " + max + " (default " + def + ")";
    }

    static <E extends Enum<E>> String choices(String name, E def, List<E> all) {
        List<String> names = all.stream().map(one -> spelled(one.name())).toList();
        return "is none of " + String.join(", ", names)
                + NearestName.of(name, names)
                        .map(near -> ": did you mean '" + near + "'?")
                        .orElse("")
                + " (default " + spelled(def.name()) + ")";
    }

    static String spelled(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> separated(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }
}
