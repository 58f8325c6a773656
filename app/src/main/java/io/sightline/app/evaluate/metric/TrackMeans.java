package io.sightline.app.evaluate.metric;

import io.sightline.app.evaluate.metric.VectorTable.Row;
import io.sightline.contracts.face.Embedding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a track gathers, played with single pictures: for each picture of a person who has more than {@code size}, the direction of the mean of the
 * {@code size} that follow it (the first again after the last). The picture itself is the own template that the mean is compared with.
 *
 * @param means one per picture
 * @param own similarity of each mean with the picture before it
 */
public record TrackMeans(VectorTable means, SimilarityHistogram own) {

    public static TrackMeans of(VectorTable table, int size) {
        Map<Integer, List<Integer>> rowsOfPerson = new LinkedHashMap<>();
        for (int row = 0; row < table.rows(); row++) {
            rowsOfPerson
                    .computeIfAbsent(table.person(row), person -> new ArrayList<>())
                    .add(row);
        }
        List<Row> means = new ArrayList<>();
        SimilarityHistogram own = new SimilarityHistogram();
        rowsOfPerson.forEach((person, rows) -> {
            for (int i = 0; i < rows.size() && rows.size() > size; i++) {
                Embedding mean = meanAfter(table, rows, i, size);
                means.add(new Row(person, mean));
                own.add(mean.similarity(table.embedding(rows.get(i))));
            }
        });
        return new TrackMeans(VectorTable.of(means), own);
    }

    private static Embedding meanAfter(VectorTable table, List<Integer> rows, int before, int size) {
        float[] sum = table.vector(rows.get((before + 1) % rows.size()));
        for (int i = 2; i <= size; i++) {
            float[] next = table.vector(rows.get((before + i) % rows.size()));
            for (int k = 0; k < sum.length; k++) {
                sum[k] += next[k];
            }
        }
        return Embedding.normalised(sum);
    }
}
