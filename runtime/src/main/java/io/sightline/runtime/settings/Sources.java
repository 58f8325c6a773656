package io.sightline.runtime.settings;

import io.sightline.runtime.settings.YamlValue.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The three places a setting may come from, what has been asked for so far, and what was wrong. One reading, one
 * thread.
 */
final class Sources {
    static final String VARIABLE_PREFIX = "SIGHTLINE_";
    /** Variables under our prefix that are no settings: the launcher's, the log's, and whatever holds a secret. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("SIGHTLINE_HOME", "SIGHTLINE_JAVA_OPTS", "SIGHTLINE_LOG_LEVEL", "SIGHTLINE_KAFKA_LOG_LEVEL");

    private static final String SECRET_PREFIX = VARIABLE_PREFIX + "SECRET_";
    /** What Kubernetes puts into a container for each service, here one whose name begins with "sightline". */
    private static final Predicate<String> SERVICE_LINK = Pattern.compile(
                    "_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT|PORT_\\d+_(TCP|UDP)(_\\w+)?)$")
            .asPredicate();

    private static final int MAX_LISTED = 24;

    private final Optional<Path> file;
    private final Mapping root;
    private final Map<String, String> environment;
    private final Map<String, String> overridingVariables;
    private final Map<String, String> flags;
    private final List<SettingsProblem> problems;
    private final Set<String> knownValues = new TreeSet<>();
    private final Set<String> knownSections = new TreeSet<>();
    private final Set<String> secretVariables = new HashSet<>();

    Sources(
            Optional<Path> file,
            Map<String, String> environment,
            Predicate<String> isOverride,
            Map<String, String> flags) {
        this.file = file;
        this.problems = new ArrayList<>();
        this.root = file.map(path -> YamlFile.read(path, problems)).orElseGet(YamlFile::empty);
        this.environment = Map.copyOf(environment);
        this.overridingVariables = new HashMap<>();
        this.environment.forEach((name, value) -> {
            if (isOverride.test(name)) {
                overridingVariables.put(name, value);
            }
        });
        this.flags = Map.copyOf(flags);
    }

    Mapping root() {
        return root;
    }

    List<SettingsProblem> problems() {
        return problems;
    }

    /** Notes that a setting of this path exists, {@code cameras[].url} for those in lists. */
    void knowValue(String path) {
        knownValues.add(general(path));
    }

    void knowSection(String path) {
        knownSections.add(general(path));
    }

    /** What a flag or else a variable says; settings in lists have neither. */
    Optional<Written> override(String path) {
        String flag = flags.get(path);
        if (flag != null) {
            return Optional.of(new Written(flag, "flag"));
        }
        String name = variable(path);
        String value = overridingVariables.get(name);
        return value == null || path.contains("[") ? Optional.empty() : Optional.of(new Written(value, name));
    }

    String where(YamlValue value) {
        return file.map(Path::toString).orElse("settings") + ":" + value.line();
    }

    String where() {
        return file.map(Path::toString).orElse("settings");
    }

    void problem(String where, String path, String message) {
        problems.add(new SettingsProblem(where, path, message));
    }

    /** The secret behind a reference; a relative path counts from the settings file's folder. */
    Secret resolve(SecretReference reference) {
        if (reference.kind() == SecretReference.Kind.ENVIRONMENT) {
            secretVariables.add(reference.name());
        }
        Path folder = file.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of(""));
        return reference.resolve(environment, folder);
    }

    /** Adds a problem for each key, flag and variable that nobody asked for. */
    void reportUnknown() {
        reportUnknown(root, "");
        flags.keySet().stream()
                .filter(flag -> !knownValues.contains(flag))
                .sorted()
                .forEach(flag -> problem("flag", flag, "there is no such setting" + meant(flag)));
        overridingVariables.keySet().stream()
                .filter(this::isUnknownVariable)
                .sorted()
                .forEach(name -> problem(name, "", "there is no setting for this variable" + meantVariable(name)));
    }

    private void reportUnknown(Mapping mapping, String path) {
        mapping.entries().forEach((key, value) -> {
            String full = join(path, key);
            String known = general(full);
            if (knownSections.contains(known)) {
                reportUnknownBelow(value, full);
            } else if (!knownValues.contains(known)) {
                problem(where(value), full, "there is no such setting" + meant(known));
            }
        });
    }

    private void reportUnknownBelow(YamlValue value, String path) {
        if (value instanceof Mapping mapping) {
            reportUnknown(mapping, path);
        } else if (value instanceof YamlValue.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                reportUnknownBelow(sequence.items().get(i), path + "[" + i + "]");
            }
        }
    }

    private String meant(String path) {
        String parent = path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
        Set<String> siblings = siblings(parent);
        String leaf = leaf(path);
        Optional<String> near = NearestName.of(leaf, siblings)
                .or(() -> all().stream().filter(name -> leaf(name).equals(leaf)).findFirst());
        Optional<String> found = near.or(() -> NearestName.of(path, all()));
        if (found.isPresent()) {
            return ": did you mean '" + found.get() + "'?";
        }
        if (siblings.isEmpty() || siblings.size() > MAX_LISTED) {
            return "";
        }
        return "; " + (parent.isEmpty() ? "at the top" : parent) + " may have " + String.join(", ", siblings);
    }

    private String meantVariable(String name) {
        Set<String> names = new TreeSet<>();
        knownValues.stream().filter(path -> !path.contains("[")).forEach(path -> names.add(variable(path)));
        return NearestName.of(name, names)
                .map(near -> ": did you mean " + near + "?")
                .orElse("; if it holds a secret, let its name begin with " + SECRET_PREFIX);
    }

    private boolean isUnknownVariable(String name) {
        return name.startsWith(VARIABLE_PREFIX)
                && !OTHER_VARIABLES.contains(name)
                && !name.startsWith(SECRET_PREFIX)
                && !secretVariables.contains(name)
                && !SERVICE_LINK.test(name)
                && knownValues.stream().noneMatch(path -> variable(path).equals(name));
    }

    private Set<String> siblings(String parent) {
        Set<String> names = new TreeSet<>();
        for (String path : all()) {
            String rest =
                    parent.isEmpty() ? path : path.startsWith(parent + ".") ? path.substring(parent.length() + 1) : "";
            if (!rest.isEmpty() && !rest.contains(".") && !rest.endsWith("[]")) {
                names.add(rest);
            }
        }
        return names;
    }

    private Set<String> all() {
        Set<String> names = new TreeSet<>(knownValues);
        names.addAll(knownSections);
        return names;
    }

    private static String leaf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** {@code detect.min-score} is overridden by {@code SIGHTLINE_DETECT_MIN_SCORE}. */
    static String variable(String path) {
        return VARIABLE_PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String general(String path) {
        return path.replaceAll("\\[\\d+]", "[]");
    }
}
