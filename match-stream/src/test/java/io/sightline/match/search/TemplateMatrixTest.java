package io.sightline.match.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.identity.Person;
import io.sightline.match.Vectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateMatrixTest {
    private static final Person ADA = new Person("a", "Ada");
    private static final Person BEN = new Person("b", "Ben");

    @Test
    void testsRunWithTheVectorApi() {
        assertThat(DotProducts.fastest().kind()).isEqualTo("simd");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 129, 255, 511, 512, 513})
    void simdAgreesWithScalarAtEveryLength(int dimension) {
        Random random = new Random(dimension);
        int rows = 1 + random.nextInt(9);
        float[] matrix = uniform(random, rows * dimension);
        float[] probe = uniform(random, dimension);
        float[] simd = new float[rows];
        float[] scalar = new float[rows];
        int firstRow = random.nextInt(rows);

        new SimdDotProducts().compute(matrix, firstRow, rows - firstRow, probe, simd);
        new ScalarDotProducts().compute(matrix, firstRow, rows - firstRow, probe, scalar);

        assertThat(simd).containsExactly(scalar, within(1e-6f * dimension));
    }

    @RepeatedTest(40)
    void findsWhatComparingOneByOneFinds(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int dimension = 1 + random.nextInt(40);
        List<TemplateMatrix.Row> rows = gallery(random, dimension);
        Embedding probe = Vectors.random(random, dimension);

        SearchResult found =
                TemplateMatrix.of(rows, dimension, DotProducts.fastest()).search(probe);

        List<Candidate> expected = rows.stream()
                .map(row -> new Candidate(row.person(), best(row, probe)))
                .sorted(Comparator.comparingDouble(Candidate::similarity).reversed())
                .toList();
        assertThat(found.similarity()).isCloseTo(expected.get(0).similarity(), within(1e-5));
        assertThat(found.otherSimilarity())
                .isCloseTo(expected.size() > 1 ? expected.get(1).similarity() : -1, within(1e-5));
        assertThat(found.other().isPresent()).isEqualTo(rows.size() > 1);
    }

    @Test
    void otherIsAnotherPersonNotAnotherTemplateOfTheSame() {
        var rows = List.of(
                new TemplateMatrix.Row(ADA, List.of(Vectors.axis(0), Vectors.towards(0, 0.9, 1))),
                new TemplateMatrix.Row(BEN, List.of(Vectors.towards(0, 0.3, 2))));

        SearchResult found = TemplateMatrix.of(rows, Vectors.DIMENSION, DotProducts.fastest())
                .search(Vectors.axis(0));

        assertThat(found.best().orElseThrow().person()).isEqualTo(ADA);
        assertThat(found.other().orElseThrow().person()).isEqualTo(BEN);
        assertThat(found.otherSimilarity()).isCloseTo(0.3, within(1e-6));
    }

    @Test
    void aProbeOfAnotherDimensionIsRefusedWithASentence() {
        var matrix = TemplateMatrix.of(
                List.of(new TemplateMatrix.Row(ADA, List.of(Vectors.axis(0)))),
                Vectors.DIMENSION,
                DotProducts.fastest());

        assertThatThrownBy(() -> matrix.search(Embedding.normalised(new float[] {1, 2})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 dimensions does not compare with templates of 64");
    }

    private static List<TemplateMatrix.Row> gallery(Random random, int dimension) {
        int persons = 1 + random.nextInt(700);
        return IntStream.range(0, persons)
                .mapToObj(person -> new TemplateMatrix.Row(
                        new Person("p" + person, "Person " + person),
                        IntStream.rangeClosed(0, random.nextInt(3))
                                .mapToObj(template -> Vectors.random(random, dimension))
                                .toList()))
                .toList();
    }

    private static double best(TemplateMatrix.Row row, Embedding probe) {
        return row.templates().stream()
                .mapToDouble(template -> template.similarity(probe))
                .max()
                .orElseThrow();
    }

    private static float[] uniform(Random random, int length) {
        float[] values = new float[length];
        List<Float> extremes = new ArrayList<>(List.of(0f, 1f, -1f, Float.MIN_VALUE));
        for (int i = 0; i < length; i++) {
            values[i] = i < extremes.size() ? extremes.get(i) : random.nextFloat() * 2 - 1;
        }
        return values;
    }
}
