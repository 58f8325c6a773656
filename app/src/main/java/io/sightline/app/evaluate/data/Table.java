package io.sightline.app.evaluate.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file of comma-separated values with a line of names on top (RFC 4180, without line breaks within a value). */
final class Table {
    private final List<Row> rows;

    private Table(List<Row> rows) {
        this.rows = rows;
    }

    /** Throws {@link EvaluationDataException} with file and line for what is no table. */
    static Table read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new EvaluationDataException(file + " cannot be read (" + e + "): it must be a UTF-8 text", e);
        }
        if (lines.isEmpty()) {
            throw new EvaluationDataException(file + " is empty: its first line must name the columns");
        }
        List<String> names = values(lines.get(0));
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(row(file + ", line " + (i + 1), names, values(lines.get(i))));
            }
        }
        return new Table(rows);
    }

    List<Row> rows() {
        return rows;
    }

    private static Row row(String place, List<String> names, List<String> values) {
        if (values.size() != names.size()) {
            throw new EvaluationDataException(place + " has " + values.size() + " values, but there are " + names.size()
                    + " columns: correct the line");
        }
        Map<String, String> byName = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), values.get(i));
        }
        return new Row(place, byName);
    }

    private static List<String> values(String line) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            boolean isDoubled = isQuoted && letter == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
            if (isDoubled) {
                value.append('"');
                i++;
            } else if (letter == '"') {
                isQuoted = !isQuoted;
            } else if (letter == ',' && !isQuoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(letter);
            }
        }
        values.add(value.toString());
        return values;
    }

    /**
     * One line.
     *
     * @param place file and line, for messages
     */
    record Row(String place, Map<String, String> values) {
        boolean has(String column) {
            return !values.getOrDefault(column, "").isBlank();
        }

        String text(String column) {
            return optional(column)
                    .orElseThrow(() ->
                            new EvaluationDataException(place + " has no value for '" + column + "': add the column"));
        }

        Optional<String> optional(String column) {
            return Optional.ofNullable(values.get(column)).filter(value -> !value.isBlank());
        }

        float number(String column) {
            String text = text(column);
            try {
                float number = Float.parseFloat(text);
                if (Float.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new EvaluationDataException(
                        place + ": '" + column + "' is '" + text + "', which is no number: correct it", e);
            }
            throw new EvaluationDataException(place + ": '" + column + "' is '" + text + "': it must be finite");
        }

        float numberOr(String column, float otherwise) {
            return has(column) ? number(column) : otherwise;
        }
    }
}
