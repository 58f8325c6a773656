package io.sightline.app.evaluate;

import io.sightline.app.evaluate.plot.Chart;
import java.util.List;
import java.util.Map;

/**
 * What one part measured.
 *
 * @param lines for people
 * @param tree the same and more, of maps, lists, texts and numbers, for {@code --json}
 */
public record PartResult(Part part, List<String> lines, Map<String, Object> tree, List<Chart> charts) {
    public PartResult {
        lines = List.copyOf(lines);
        charts = List.copyOf(charts);
    }
}
