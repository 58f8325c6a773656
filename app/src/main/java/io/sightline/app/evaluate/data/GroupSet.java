package io.sightline.app.evaluate.data;

import io.sightline.app.enrol.Photo;
import io.sightline.app.evaluate.data.Table.Row;
import io.sightline.app.evaluate.metric.GroupTally.Labels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Aligned crops with labels of age, sex and group, held out from training.
 *
 * @param crops in the table's order
 */
public record GroupSet(String source, List<LabelledCrop> crops) {
    private static final int[] AGE_BANDS = {0, 10, 20, 40, 60};

    public GroupSet {
        crops = List.copyOf(crops);
    }

    /** A crop of 112×112 that lies on the embedder's template already. */
    public record LabelledCrop(Photo photo, Labels labels) {}

    static GroupSet read(Path folder, PictureFiles files) {
        Path index = folder.resolve("index.csv");
        List<LabelledCrop> crops = Table.read(index).rows().stream()
                .filter(row -> HeldOut.isHeldOut(row.optional("group").orElse(""), row.text("name")))
                .filter(row -> row.has("age") && row.has("sex"))
                .map(row -> new LabelledCrop(
                        files.picture(row.text("name"), row.optional("shard")), new Labels(labels(row))))
                .toList();
        if (crops.size() < 2) {
            throw new EvaluationDataException(index + " names " + crops.size()
                    + " crops that are held out and labelled with age, sex and group: two or more are needed");
        }
        return new GroupSet(index + ", held out", crops);
    }

    private static Map<String, String> labels(Row row) {
        Map<String, String> labels = new HashMap<>();
        labels.put("sex", row.text("sex"));
        labels.put("group", row.text("group"));
        labels.put("age", ageBand((int) row.number("age")));
        return labels;
    }

    /** As {@code 20-39}; the first letters sort the bands. */
    static String ageBand(int years) {
        for (int i = AGE_BANDS.length - 1; i > 0; i--) {
            if (years >= AGE_BANDS[i]) {
                return i == AGE_BANDS.length - 1 ? AGE_BANDS[i] + "+" : AGE_BANDS[i] + "-" + (AGE_BANDS[i + 1] - 1);
            }
        }
        return "00-09";
    }
}
