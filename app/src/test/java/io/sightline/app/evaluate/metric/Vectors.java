package io.sightline.app.evaluate.metric;

import io.sightline.app.evaluate.metric.VectorTable.Row;
import io.sightline.contracts.face.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Unit vectors for tests. */
final class Vectors {
    private Vectors() {}

    static Row row(int person, float... values) {
        return new Row(person, Embedding.normalised(values));
    }

    /** On the unit circle, so that similarities are cosines of differences of angles. */
    static Row at(int person, double degrees) {
        double angle = Math.toRadians(degrees);
        return row(person, (float) Math.cos(angle), (float) Math.sin(angle));
    }

    /** {@code perPerson} noisy vectors around one random direction for each person, one after the other. */
    static List<Row> crowd(int people, int perPerson, int dimension) {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            float[] middle = gaussian(random, dimension, 1);
            for (int i = 0; i < perPerson; i++) {
                float[] noise = gaussian(random, dimension, 0.8);
                for (int k = 0; k < dimension; k++) {
                    noise[k] += middle[k];
                }
                rows.add(row(person, noise));
            }
        }
        return rows;
    }

    private static float[] gaussian(Random random, int dimension, double spread) {
        float[] values = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = (float) (random.nextGaussian() * spread);
        }
        return values;
    }
}
