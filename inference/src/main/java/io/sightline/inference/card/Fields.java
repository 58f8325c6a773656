package io.sightline.inference.card;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One mapping of a YAML file, read field by field. A mistake is noted with the field's path and a stand-in is returned, so
 * that one reading finds them all; the caller builds its record only when none was noted.
 */
final class Fields {
    private final String path;
    private final Map<?, ?> values;
    private final Mistakes mistakes;
    private final Set<String> asked = new LinkedHashSet<>();

    Fields(String path, Map<?, ?> values, Mistakes mistakes) {
        this.path = path;
        this.values = values;
        this.mistakes = mistakes;
    }

    boolean has(String key) {
        asked.add(key);
        return values.get(key) != null;
    }

    String text(String key, String allowed, Predicate<String> isAllowed) {
        Optional<Object> value = value(key, allowed);
        if (value.isEmpty()) {
            return "";
        }
        if (value.get() instanceof String text && isAllowed.test(text)) {
            return text;
        }
        mistake(key, value.get() + ": must be " + allowed);
        return "";
    }

    String text(String key) {
        return text(key, "a text that is not empty", text -> !text.isBlank());
    }

    long whole(String key, long min, long max) {
        String allowed = "a whole number from " + min + " to " + max;
        Optional<Object> value = value(key, allowed);
        if (value.isEmpty()) {
            return min;
        }
        if ((value.get() instanceof Integer || value.get() instanceof Long)
                && ((Number) value.get()).longValue() >= min
                && ((Number) value.get()).longValue() <= max) {
            return ((Number) value.get()).longValue();
        }
        mistake(key, value.get() + ": must be " + allowed);
        return min;
    }

    double decimal(String key, double min, double max) {
        String allowed = "a number from " + min + " to " + max;
        Optional<Object> value = value(key, allowed);
        if (value.isEmpty()) {
            return min;
        }
        if (value.get() instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max) {
            return number.doubleValue();
        }
        mistake(key, value.get() + ": must be " + allowed);
        return min;
    }

    boolean flag(String key) {
        Optional<Object> value = value(key, "true or false");
        if (value.isPresent() && !(value.get() instanceof Boolean)) {
            mistake(key, value.get() + ": must be true or false");
        }
        return value.isPresent() && value.get().equals(true);
    }

    /** One of an enum's constants, written in lower case with dashes. */
    <E extends Enum<E>> E choice(String key, Class<E> type) {
        E[] constants = type.getEnumConstants();
        List<String> names = new ArrayList<>();
        for (E constant : constants) {
            names.add(written(constant));
        }
        String chosen = text(key, String.join(" or ", names), text -> names.contains(text.toLowerCase(Locale.ROOT)));
        return constants[Math.max(0, names.indexOf(chosen.toLowerCase(Locale.ROOT)))];
    }

    Fields section(String key) {
        return section(value(key, "a mapping").orElse(Map.of()), path(key));
    }

    List<Fields> sections(String key) {
        List<Fields> sections = new ArrayList<>();
        for (Object element : list(key, "a list of mappings")) {
            sections.add(section(element, path(key) + "[" + sections.size() + "]"));
        }
        return sections;
    }

    List<Integer> wholes(String key, int min, int max) {
        List<Integer> numbers = new ArrayList<>();
        for (Object element : list(key, "a list of whole numbers")) {
            if (element instanceof Integer number && number >= min && number <= max) {
                numbers.add(number);
            } else {
                mistake(key, element + ": must be whole numbers from " + min + " to " + max);
            }
        }
        return numbers;
    }

    void mistake(String key, String message) {
        mistakes.add(path(key), message);
    }

    /** Notes the fields that nobody asked for. */
    void finish() {
        for (Object key : values.keySet()) {
            if (!asked.contains(String.valueOf(key))) {
                mistake(String.valueOf(key), "unknown field; known here are " + String.join(", ", asked));
            }
        }
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Fields section(Object value, String sectionPath) {
        if (value instanceof Map<?, ?> map) {
            return new Fields(sectionPath, map, mistakes);
        }
        mistakes.add(sectionPath, value + ": must be a mapping of fields");
        return new Fields(sectionPath, Map.of(), new Mistakes());
    }

    private List<?> list(String key, String allowed) {
        Object value = value(key, allowed).orElse(List.of());
        if (value instanceof List<?> list) {
            if (list.isEmpty() && has(key)) {
                mistake(key, "empty: must be " + allowed);
            }
            return list;
        }
        mistake(key, value + ": must be " + allowed);
        return List.of();
    }

    private Optional<Object> value(String key, String allowed) {
        asked.add(key);
        Object value = values.get(key);
        if (value == null) {
            mistake(key, "missing: must be " + allowed);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
