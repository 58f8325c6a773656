package io.sightline.app.evaluate.metric;

import io.sightline.contracts.face.Embedding;
import java.util.List;

/** Unit vectors side by side, each with its person's number. Not changed once made. */
public final class VectorTable {
    private final int dimension;
    private final float[] values;
    private final int[] persons;

    private VectorTable(int dimension, float[] values, int[] persons) {
        this.dimension = dimension;
        this.values = values;
        this.persons = persons;
    }

    /** One vector and whose it is. */
    public record Row(int person, Embedding vector) {}

    /** Throws {@link IllegalArgumentException} for vectors of different dimensions. */
    public static VectorTable of(List<Row> rows) {
        int dimension = rows.isEmpty() ? 0 : rows.get(0).vector().dimension();
        float[] values = new float[Math.multiplyExact(rows.size(), dimension)];
        int[] persons = new int[rows.size()];
        for (int i = 0; i < persons.length; i++) {
            Row row = rows.get(i);
            if (row.vector().dimension() != dimension) {
                throw new IllegalArgumentException("a vector of " + row.vector().dimension()
                        + " dimensions among those of " + dimension + ": they are of different models");
            }
            System.arraycopy(row.vector().values(), 0, values, i * dimension, dimension);
            persons[i] = row.person();
        }
        return new VectorTable(dimension, values, persons);
    }

    public int rows() {
        return persons.length;
    }

    public int person(int row) {
        return persons[row];
    }

    /** {@code [rows][dimension]}, flat, the array itself. */
    float[] values() {
        return values;
    }

    /** A copy, {@code [dimension]}. */
    float[] vector(int row) {
        float[] vector = new float[dimension];
        System.arraycopy(values, row * dimension, vector, 0, dimension);
        return vector;
    }

    Embedding embedding(int row) {
        return Embedding.normalised(vector(row));
    }
}
