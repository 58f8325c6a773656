package io.sightline.tests.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for consumers shows the programs that are tested, and the topics and words that there are. */
class ConsumersDocTest {
    private static final Path SCHEMAS = Path.of("..", "contracts", "src", "main", "resources", "schema");
    private static final Pattern WORDS_ROW =
            Pattern.compile("^\\| `([\\w.]+)` \\| ((?:`\\w+` ?)+)\\| .+ \\|$", Pattern.MULTILINE);

    @Test
    void programsAreShownAsTheyAreTested() {
        assertThat(ConsumersPage.shown())
                .extracting(ConsumersPage.Shown::name)
                .containsExactlyInAnyOrderElementsOf(ConsumersPage.files());
        assertThat(ConsumersPage.shown())
                .allSatisfy(
                        shown -> assertThat(shown.text()).as("%s", shown.name()).isEqualTo(shown.file()));
    }

    @Test
    void everyTopicIsListedWithTheTimeThatItIsKept() {
        List<String> rows = ConsumersPage.text()
                .lines()
                .filter(line -> line.startsWith("| `sightline."))
                .map(line -> line.replaceAll("^\\| `([^`]+)` \\| [^|]+ \\| ([^|]+) \\|.*$", "$1 $2"))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Topics.all().stream()
                        .map(topic -> topic.name() + " " + kept(topic))
                        .toList());
    }

    @Test
    void wordsAreThoseOfTheSchemas() throws IOException {
        Map<String, Set<String>> told = new TreeMap<>();
        String page = ConsumersPage.text();
        String table = page.substring(page.indexOf("| field | words |"), page.indexOf("## What is guaranteed"));
        WORDS_ROW
                .matcher(table)
                .results()
                .forEach(row -> told.put(
                        row.group(1),
                        Set.of(row.group(2).replace("`", "").strip().split(" +"))));

        assertThat(told).isEqualTo(wordsOfTheSchemas());
    }

    @Test
    void recordsShownFollowTheirSchemasAndAreReadByTheCodecs() {
        assertThat(ConsumersPage.records()).containsOnlyKeys(Topics.SIGHTINGS.name(), Topics.IDENTITIES.name());
        ConsumersPage.records().forEach((name, shown) -> {
            Topic<?> topic = Topics.all().stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow();

            assertThat(TopicSchema.of(topic).complaints(shown)).isEmpty();
            assertThat(topic.codec().decode(shown.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(topic.valueType());
        });
    }

    private static String kept(Topic<?> topic) {
        Duration time = topic.retention();
        if (topic.isCompacted()) {
            return "last of each key";
        }
        if (time.toDays() > 0) {
            return time.toDays() + " d";
        }
        return time.toHours() > 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }

    private static Map<String, Set<String>> wordsOfTheSchemas() throws IOException {
        Map<String, Set<String>> words = new TreeMap<>();
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            for (Path file : files.toList()) {
                collect("", new ObjectMapper().readTree(Files.readString(file)), words);
            }
        }
        return words;
    }

    /** By the name of the field; those of a face's decision by {@code decision.} and its name. */
    private static void collect(String prefix, JsonNode schema, Map<String, Set<String>> words) {
        schema.path("properties").properties().forEach(field -> {
            Set<String> here = texts(field.getValue());
            if (!here.isEmpty()) {
                words.computeIfAbsent(prefix + field.getKey(), name -> new TreeSet<>())
                        .addAll(here);
            }
            collect(prefix, field.getValue(), words);
        });
        schema.at("/$defs/decision/oneOf").forEach(kind -> collect("decision.", kind, words));
    }

    private static Set<String> texts(JsonNode field) {
        if (field.has("const")) {
            return Set.of(field.path("const").asText());
        }
        return field.path("enum").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }
}
