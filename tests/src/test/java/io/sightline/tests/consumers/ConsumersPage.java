package io.sightline.tests.consumers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code docs/consumers.md}, and the files that it shows. */
final class ConsumersPage {
    static final Path PROGRAMS =
            Path.of("..", "docs", "consumers").toAbsolutePath().normalize();

    private static final Path PAGE = Path.of("..", "docs", "consumers.md");
    /** A link to a file, and the block beneath it. */
    private static final Pattern SHOWN = Pattern.compile(
            "^\\[`[^`]+`]\\(consumers/([^)]+)\\)\\n\\n```\\w+\\n(.*?)```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern COMMANDS = Pattern.compile("^```sh\\n(.*?)```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** A topic's name, and the record beneath it. */
    private static final Pattern RECORDS =
            Pattern.compile("^`(sightline[^`]+)`:\\n\\n```json\\n(.*?)```$", Pattern.DOTALL | Pattern.MULTILINE);

    private ConsumersPage() {}

    static String text() {
        return text(PAGE);
    }

    /** A file that the page shows, and what it shows of it. */
    record Shown(String name, String text) {
        String file() {
            return ConsumersPage.text(PROGRAMS.resolve(name));
        }
    }

    static List<Shown> shown() {
        return matches(SHOWN).stream()
                .map(match -> new Shown(match.group(1), match.group(2)))
                .toList();
    }

    /** The lines to type that begin with this program, without it. */
    static List<List<String>> commands(String program) {
        return matches(COMMANDS).stream()
                .flatMap(match -> match.group(1).lines())
                .filter(line -> line.startsWith(program + " "))
                .map(line -> List.of(line.substring(program.length() + 1).split(" ")))
                .toList();
    }

    /** Example records by the name of their topic. */
    static Map<String, String> records() {
        return matches(RECORDS).stream().collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }

    static List<String> files() {
        try (var files = Files.list(PROGRAMS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<MatchResult> matches(Pattern pattern) {
        Matcher matcher = pattern.matcher(text());
        return matcher.results().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
