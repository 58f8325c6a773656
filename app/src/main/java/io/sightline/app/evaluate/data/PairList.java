package io.sightline.app.evaluate.data;

import io.sightline.app.evaluate.data.PeopleSet.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads LFW's {@code pairs.txt}: folds and pairs of each sort per fold on top ({@code 10 300}), then for each fold its mated pairs, {@code name number number}, and
 * as many non-mated ones, {@code name number name number}.
 */
final class PairList {
    private final Path file;
    private final Map<String, Integer> indexOfPicture;

    /**
     * @param indexOfPicture by name such as {@code Ada_Lovelace_0001}
     */
    PairList(Path file, Map<String, Integer> indexOfPicture) {
        this.file = file;
        this.indexOfPicture = indexOfPicture;
    }

    /** Throws {@link EvaluationDataException} with the line for what is no such list, or names a picture that is not there. */
    List<Pair> read() {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new EvaluationDataException(file + " cannot be read (" + e + ")", e);
        }
        List<String> words = lines.isEmpty() ? List.of() : words(lines.get(0));
        int perSort = words.isEmpty() ? 0 : number(words.get(words.size() - 1), 1);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 1; i < lines.size() && perSort > 0; i++) {
            if (!lines.get(i).isBlank()) {
                pairs.add(pair(words(lines.get(i)), i + 1, pairs.size() / (2 * perSort)));
            }
        }
        if (pairs.isEmpty()) {
            throw new EvaluationDataException(
                    file + " names no pair: it must begin with folds and pairs per fold, such as"
                            + " '10 300', and go on with lines such as 'Ada_Lovelace 1 2'");
        }
        return pairs;
    }

    private Pair pair(List<String> words, int line, int fold) {
        return switch (words.size()) {
            case 3 -> new Pair(fold, index(words, 0, 1, line), index(words, 0, 2, line), true);
            case 4 -> new Pair(fold, index(words, 0, 1, line), index(words, 2, 3, line), false);
            default ->
                throw new EvaluationDataException(file + ", line " + line + " has " + words.size()
                        + " words: a pair is 'name number number' or 'name number name number'");
        };
    }

    private int index(List<String> words, int nameAt, int numberAt, int line) {
        String name = String.format(Locale.ROOT, "%s_%04d", words.get(nameAt), number(words.get(numberAt), line));
        Integer index = indexOfPicture.get(name);
        if (index == null) {
            throw new EvaluationDataException(
                    file + ", line " + line + " names " + name + ", which landmarks.csv does not: add it there");
        }
        return index;
    }

    private int number(String text, int line) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new EvaluationDataException(
                    file + ", line " + line + ": '" + text + "' should be a number: correct the line", e);
        }
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+", -1));
    }
}
