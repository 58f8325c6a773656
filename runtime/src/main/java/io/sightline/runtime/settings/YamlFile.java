package io.sightline.runtime.settings;

import io.sightline.runtime.settings.YamlValue.Mapping;
import io.sightline.runtime.settings.YamlValue.Nothing;
import io.sightline.runtime.settings.YamlValue.Sequence;
import io.sightline.runtime.settings.YamlValue.Text;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML through SnakeYAML's nodes, which know their lines and construct nothing. Anchors are refused. */
final class YamlFile {
    private static final int MAX_CODE_POINTS = 1_048_576;
    private static final int MAX_DEPTH = 20;

    private final String name;
    private final List<SettingsProblem> problems;

    private YamlFile(String name, List<SettingsProblem> problems) {
        this.name = name;
        this.problems = problems;
    }

    /** The file's top level; whatever cannot be read becomes a problem and is left out. */
    static Mapping read(Path file, List<SettingsProblem> problems) {
        YamlFile reading = new YamlFile(file.toString(), problems);
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return reading.topLevel(new Yaml(options()).compose(reader));
        } catch (IOException e) {
            reading.problem(
                    0,
                    "",
                    "cannot be read (" + e.getClass().getSimpleName()
                            + "): check that it exists, is UTF-8 text and may be read");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            reading.problem(line, "", "is not YAML: " + oneLine(e.getProblem()));
        } catch (YAMLException e) {
            reading.problem(0, "", "is not YAML that settings may use: " + oneLine(String.valueOf(e.getMessage())));
        }
        return empty();
    }

    static Mapping empty() {
        return new Mapping(Map.of(), 1);
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setNestingDepthLimit(MAX_DEPTH);
        return options;
    }

    private Mapping topLevel(@Nullable Node node) {
        if (node == null) {
            return empty();
        }
        YamlValue value = value(node, "", line(node));
        if (value instanceof Mapping mapping) {
            return mapping;
        }
        if (!(value instanceof Nothing)) {
            problem(value.line(), "", "must begin with a section, such as 'detect:', and hold its settings below");
        }
        return empty();
    }

    private YamlValue value(Node node, String path, int line) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getTag().equals(Tag.NULL) ? new Nothing(line) : new Text(scalar.getValue(), line);
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlValue> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(value(item, path + "[" + items.size() + "]", line(item)));
            }
            return new Sequence(Collections.unmodifiableList(items), line);
        }
        return mapping((MappingNode) node, path, line);
    }

    private Mapping mapping(MappingNode node, String path, int line) {
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            int keyLine = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problem(keyLine, path, "a key must be a word");
                continue;
            }
            String key = keyNode.getValue();
            YamlValue earlier = entries.get(key);
            if (earlier != null) {
                problem(keyLine, join(path, key), "is here twice; first on line " + earlier.line() + ": keep one");
                continue;
            }
            entries.put(key, value(tuple.getValueNode(), join(path, key), keyLine));
        }
        return new Mapping(Collections.unmodifiableMap(entries), line);
    }

    private void problem(int line, String key, String message) {
        problems.add(new SettingsProblem(line == 0 ? name : name + ":" + line, key, message));
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String oneLine(String text) {
        return Masking.text(text.replaceAll("\\s+", " ").strip());
    }
}
