package io.sightline.tests.boards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rules of {@code dashboards/prometheus} and the pages that belong to them, read. */
final class RuleFiles {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path PROMETHEUS = ROOT.resolve("dashboards/prometheus");
    static final Path TESTS = PROMETHEUS.resolve("tests");
    static final Path RUNBOOKS = ROOT.resolve("docs/runbooks");

    private static final ObjectMapper JSON = new ObjectMapper();

    private RuleFiles() {}

    /** Every rule of both files. */
    static List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        for (String file : List.of("rules.yml", "alerts.yml")) {
            yaml(PROMETHEUS.resolve(file))
                    .path("groups")
                    .forEach(group -> group.path("rules").forEach(rules::add));
        }
        return rules;
    }

    static List<JsonNode> alerts() {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    /** The metrics that the recording rules make. */
    static Set<String> recorded() {
        return rules().stream()
                .filter(rule -> rule.has("record"))
                .map(rule -> rule.path("record").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@code CameraFrozen} is {@code camera-frozen} in the names of its files. */
    static String fileName(String alert) {
        return alert.replaceAll("(?<!^)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The files of a folder that end so, without that end; sorted. */
    static Set<String> names(Path folder, String end) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .map(name -> name.substring(0, name.length() - end.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(Path file) {
        return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file)));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
