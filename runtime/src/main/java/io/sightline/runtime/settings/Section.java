package io.sightline.runtime.settings;

import io.sightline.runtime.settings.YamlValue.Mapping;
import io.sightline.runtime.settings.YamlValue.Nothing;
import io.sightline.runtime.settings.YamlValue.Sequence;
import io.sightline.runtime.settings.YamlValue.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one concern. Each question names the key, the default and what is allowed; a value that is not
 * allowed becomes a problem (told by {@link Settings#finish()}) and reads as the default. Asking makes a key known.
 */
public final class Section {
    private static final Pattern SECRET_KEY = Pattern.compile(".*(password|secret|jaas|token).*|.*\\.key");

    private final Sources sources;
    private final String path;
    private final Mapping yaml;

    Section(Sources sources, String path, Mapping yaml) {
        this.sources = sources;
        this.path = path;
        this.yaml = yaml;
        if (!path.isEmpty()) {
            sources.knowSection(path);
        }
    }

    /** {@code detect}, {@code match.pictures} or {@code cameras[2]}; empty at the top. */
    public String path() {
        return path;
    }

    /** A whole number from {@code min} to {@code max}. */
    public int integer(String key, int def, int min, int max) {
        return written(key)
                .map(written -> {
                    try {
                        int value = Integer.parseInt(written.text().strip());
                        if (value >= min && value <= max) {
                            return value;
                        }
                        return refuse(written, key, "is out of range: " + Allowed.range(def, min, max), def);
                    } catch (NumberFormatException e) {
                        return refuse(written, key, "is not a whole number: " + Allowed.range(def, min, max), def);
                    }
                })
                .orElse(def);
    }

    /** A number from {@code min} to {@code max}, with a decimal point. */
    public double decimal(String key, double def, double min, double max) {
        return written(key)
                .map(written -> {
                    try {
                        double value = Double.parseDouble(written.text().strip());
                        if (value >= min && value <= max) {
                            return value;
                        }
                        return refuse(written, key, "is out of range: " + Allowed.range(def, min, max), def);
                    } catch (NumberFormatException e) {
                        return refuse(written, key, "is not a number: " + Allowed.range(def, min, max), def);
                    }
                })
                .orElse(def);
    }

    /** A duration in whole milliseconds; the key ends in {@code -ms}. */
    public Duration millis(String key, Duration def, Duration min, Duration max) {
        if (!key.endsWith("-ms")) {
            throw new IllegalArgumentException("setting '" + key + "' is in milliseconds: its name must end in -ms");
        }
        return written(key).map(written -> millis(written, key, def, min, max)).orElse(def);
    }

    /** Any text that is not blank. */
    public String text(String key, String def) {
        return optionalText(key).orElse(def);
    }

    public Optional<String> optionalText(String key) {
        return written(key).flatMap(written -> {
            if (written.text().isBlank()) {
                sources.problem(written.where(), full(key), "is empty: give it a value, or leave the key out");
                return Optional.empty();
            }
            return Optional.of(written.text().strip());
        });
    }

    /** A text that must be there; empty when it is not. */
    public String requiredText(String key) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty() && !has(key)) {
            problem(key, "is missing");
        }
        return text.orElse("");
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean def) {
        return written(key)
                .map(written -> switch (written.text().strip().toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> refuse(written, key, "is neither true nor false (default " + def + ")", def);
                })
                .orElse(def);
    }

    /** One of an enum's names, written in lower case with {@code -} for {@code _}. */
    public <E extends Enum<E>> E choice(String key, E def, Class<E> type) {
        return written(key)
                .map(written -> {
                    String name = Allowed.spelled(written.text().strip());
                    List<E> all = Arrays.asList(type.getEnumConstants());
                    return all.stream()
                            .filter(one -> Allowed.spelled(one.name()).equals(name))
                            .findFirst()
                            .orElseGet(() -> refuse(written, key, Allowed.choices(name, def, all), def));
                })
                .orElse(def);
    }

    /** The secret that a reference ({@code env:NAME} or {@code file:PATH}) leads to. */
    public Optional<Secret> secret(String key) {
        Optional<Written> fromFile = scalar(key, yaml.entries().get(key));
        sources.knowValue(full(key));
        Optional<Written> override = sources.override(full(key))
                .filter(over -> fromFile.filter(file -> file.text().equals("env:" + over.where()))
                        .isEmpty());
        return override.or(() -> fromFile).flatMap(written -> resolved(written, key));
    }

    /** A list of texts; in a variable or flag, separated by commas. */
    public List<String> texts(String key, List<String> def) {
        sources.knowValue(full(key));
        Optional<Written> override = sources.override(full(key));
        if (override.isPresent()) {
            return Allowed.separated(override.get().text());
        }
        if (!(yaml.entries().get(key) instanceof Sequence sequence)) {
            return written(key)
                    .map(written -> Allowed.separated(written.text()))
                    .orElse(def);
        }
        List<String> texts = new ArrayList<>();
        for (YamlValue item : sequence.items()) {
            scalar(key + "[" + texts.size() + "]", item).ifPresent(one -> texts.add(one.text()));
        }
        return List.copyOf(texts);
    }

    /** The settings below a key; empty ones if it is not there. */
    public Section section(String key) {
        return below(key, yaml.entries().get(key));
    }

    /** A list of settings, {@code - id: lobby}, each as a section. */
    public List<Section> sections(String key) {
        sources.knowSection(full(key));
        YamlValue value = yaml.entries().get(key);
        if (value instanceof Sequence sequence) {
            List<Section> sections = new ArrayList<>();
            for (YamlValue item : sequence.items()) {
                sections.add(below(key + "[" + sections.size() + "]", item));
            }
            return List.copyOf(sections);
        }
        if (value != null && !(value instanceof Nothing)) {
            sources.problem(sources.where(value), full(key), "must be a list, each of its items begun with '-'");
        }
        return List.of();
    }

    /**
     * A mapping with keys of somebody else's, such as Kafka's. A value {@code env:NAME} or {@code file:PATH} is replaced
     * by what it leads to; a key that sounds like a secret must have such a value.
     */
    public Map<String, String> entries(String key) {
        sources.knowValue(full(key));
        YamlValue value = yaml.entries().get(key);
        Map<String, String> entries = new LinkedHashMap<>();
        if (value instanceof Mapping mapping) {
            mapping.entries()
                    .forEach((name, item) -> scalar(key + "." + name, item)
                            .flatMap(written -> mustBeReference(name) || SecretReference.isReference(written.text())
                                    ? resolved(written, key + "." + name).map(Secret::reveal)
                                    : Optional.of(written.text()))
                            .ifPresent(text -> entries.put(name, text)));
        } else if (value != null && !(value instanceof Nothing)) {
            sources.problem(sources.where(value), full(key), "must hold 'name: value' lines");
        }
        return entries;
    }

    /** Whether the file, a variable or a flag gives this key a value; asks for nothing. */
    public boolean has(String key) {
        return yaml.entries().containsKey(key) || sources.override(full(key)).isPresent();
    }

    /** Reports a mistake that only the caller can see, such as two values that contradict each other. */
    public void problem(String key, String message) {
        YamlValue value = yaml.entries().get(key);
        String where = sources.override(full(key))
                .map(Written::where)
                .orElseGet(() -> value != null ? sources.where(value) : sources.where(yaml));
        sources.problem(where, full(key), message);
    }

    private Section below(String key, @Nullable YamlValue value) {
        if (value instanceof Mapping mapping) {
            return new Section(sources, full(key), mapping);
        }
        if (value != null && !(value instanceof Nothing)) {
            sources.problem(sources.where(value), full(key), "must hold settings below it, not a value");
        }
        return new Section(sources, full(key), YamlFile.empty());
    }

    private Optional<Written> written(String key) {
        sources.knowValue(full(key));
        return sources.override(full(key)).or(() -> scalar(key, yaml.entries().get(key)));
    }

    private Optional<Written> scalar(String key, @Nullable YamlValue value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Text text) {
            return Optional.of(new Written(text.text(), sources.where(value)));
        }
        String message = value instanceof Nothing
                ? "has no value: give it one, or leave the key out"
                : "must be one value, not a list or a section";
        sources.problem(sources.where(value), full(key), message);
        return Optional.empty();
    }

    private Optional<Secret> resolved(Written written, String key) {
        try {
            return Optional.of(
                    sources.resolve(SecretReference.parse(written.text().strip())));
        } catch (IllegalArgumentException e) {
            sources.problem(written.where(), full(key), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Duration millis(Written written, String key, Duration def, Duration min, Duration max) {
        String text = written.text().strip();
        try {
            Duration value = Duration.ofMillis(Long.parseLong(text));
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0
                    ? value
                    : refuse(written, key, "is out of range: " + Allowed.millis(def, min, max), def);
        } catch (NumberFormatException e) {
            String hint = DurationText.millis(text)
                    .map(millis -> "has a unit, but the key says milliseconds: write " + millis + "; ")
                    .orElse("is not a number: ");
            return refuse(written, key, hint + Allowed.millis(def, min, max), def);
        }
    }

    private <T> T refuse(Written written, String key, String message, T def) {
        sources.problem(written.where(), full(key), written.shown() + " " + message);
        return def;
    }

    private String full(String key) {
        return Sources.join(path, key);
    }

    private static boolean mustBeReference(String name) {
        return SECRET_KEY.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }
}
