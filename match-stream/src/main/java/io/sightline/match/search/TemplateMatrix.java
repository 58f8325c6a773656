package io.sightline.match.search;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.identity.Person;
import java.util.List;
import java.util.Optional;

/**
 * The templates of one model, one after the other in memory, those of a person next to each other; searched exactly.
 *
 * <p>A search reads the matrix once: 512 dimensions cost 2 KB a template, so 100 000 templates are 200 MB and bound by memory speed.
 */
public final class TemplateMatrix {
    private static final int BLOCK_ROWS = 512;
    private static final DotProducts PLAIN = new ScalarDotProducts();

    private final DotProducts products;
    private final List<Person> persons;
    private final int dimension;
    /** {@code [rows][dimension]}, flat. */
    private final float[] values;
    /** {@code [rows]}: index into {@link #persons}, ascending. */
    private final int[] personOfRow;

    private TemplateMatrix(
            DotProducts products, List<Person> persons, int dimension, float[] values, int[] personOfRow) {
        this.products = products;
        this.persons = persons;
        this.dimension = dimension;
        this.values = values;
        this.personOfRow = personOfRow;
    }

    /** A person with unit vectors, at least one. */
    public record Row(Person person, List<Embedding> templates) {
        public Row {
            templates = List.copyOf(templates);
        }
    }

    /**
     * Copies the vectors side by side.
     *
     * @throws IllegalArgumentException when a vector has another dimension than {@code dimension}
     */
    public static TemplateMatrix of(List<Row> rows, int dimension, DotProducts products) {
        int count = rows.stream().mapToInt(row -> row.templates().size()).sum();
        float[] values = new float[Math.multiplyExact(count, dimension)];
        int[] personOfRow = new int[count];
        int next = 0;
        for (int person = 0; person < rows.size(); person++) {
            for (Embedding template : rows.get(person).templates()) {
                if (template.dimension() != dimension) {
                    throw new IllegalArgumentException("template of " + template.dimension()
                            + " dimensions among those of " + dimension + ": person "
                            + rows.get(person).person().id());
                }
                System.arraycopy(template.values(), 0, values, next * dimension, dimension);
                personOfRow[next++] = person;
            }
        }
        return new TemplateMatrix(products, rows.stream().map(Row::person).toList(), dimension, values, personOfRow);
    }

    public int rows() {
        return personOfRow.length;
    }

    public int dimension() {
        return dimension;
    }

    /** The most similar person and the most similar other one. Throws {@link IllegalArgumentException} for another dimension. */
    public SearchResult search(Embedding probe) {
        return search(probe, products);
    }

    /** As {@link #search}, by plain Java alone: what a faster way is compared with. */
    public SearchResult searchPlainly(Embedding probe) {
        return search(probe, PLAIN);
    }

    private SearchResult search(Embedding probe, DotProducts by) {
        if (probe.dimension() != dimension) {
            throw new IllegalArgumentException("a probe of " + probe.dimension()
                    + " dimensions does not compare with templates of " + dimension
                    + ": the embedder's card and the gallery disagree under one model id");
        }
        TwoBest best = new TwoBest();
        float[] block = new float[Math.min(BLOCK_ROWS, rows())];
        for (int first = 0; first < rows(); first += BLOCK_ROWS) {
            int count = Math.min(BLOCK_ROWS, rows() - first);
            by.compute(values, first, count, probe.values(), block);
            for (int i = 0; i < count; i++) {
                best.see(personOfRow[first + i], block[i]);
            }
        }
        return new SearchResult(
                candidate(best.first, best.firstSimilarity), candidate(best.second, best.secondSimilarity));
    }

    private Optional<Candidate> candidate(int person, float similarity) {
        return person < 0 ? Optional.empty() : Optional.of(new Candidate(persons.get(person), similarity));
    }

    /** The two best persons so far; of equals, the one seen first. */
    private static final class TwoBest {
        private int first = -1;
        private int second = -1;
        private float firstSimilarity = Float.NEGATIVE_INFINITY;
        private float secondSimilarity = Float.NEGATIVE_INFINITY;

        void see(int person, float similarity) {
            if (person == first) {
                firstSimilarity = Math.max(firstSimilarity, similarity);
            } else if (similarity > firstSimilarity) {
                second = first;
                secondSimilarity = firstSimilarity;
                first = person;
                firstSimilarity = similarity;
            } else if (similarity > secondSimilarity) {
                second = person;
                secondSimilarity = similarity;
            }
        }
    }
}
