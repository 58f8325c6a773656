package io.sightline.app.bench.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.app.bench.models.InferenceLaw.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InferenceLawTest {
    private static final double MULTIPLY_ADDS_PER_MS = 50e6;
    private static final double BYTES_PER_MS = 4e6;
    private static final double CONSTANT_MS = 0.3;

    @Test
    void timesThatFollowTheLawGiveItsFactorsBack() {
        InferenceLaw law = InferenceLaw.fit(points(8, 0)).orElseThrow();

        assertThat(law.multiplyAddsPerMs()).isCloseTo(MULTIPLY_ADDS_PER_MS, within(1e-3 * MULTIPLY_ADDS_PER_MS));
        assertThat(law.bytesPerMs()).isCloseTo(BYTES_PER_MS, within(1e-3 * BYTES_PER_MS));
        assertThat(law.constantMs()).isCloseTo(CONSTANT_MS, within(1e-3));
        assertThat(law.maxError()).isLessThan(1e-6);
        assertThat(law.ms(100_000_000, 8_000_000)).isCloseTo(2 + 2 + 0.3, within(1e-2));
    }

    @Test
    void noiseIsReportedAsTheErrorOfTheFit() {
        InferenceLaw law = InferenceLaw.fit(points(200, 0.1)).orElseThrow();

        assertThat(law.meanError()).isBetween(0.03, 0.07);
        assertThat(law.maxError()).isBetween(law.meanError(), 0.15);
        assertThat(law.multiplyAddsPerMs()).isCloseTo(MULTIPLY_ADDS_PER_MS, within(0.1 * MULTIPLY_ADDS_PER_MS));
    }

    @Test
    void withoutFeatureMapsMoreIsLeftUnexplained() {
        List<Point> points = points(20, 0.05);

        assertThat(InferenceLaw.fitWithoutFeatureMaps(points).orElseThrow().meanError())
                .isGreaterThan(2 * InferenceLaw.fit(points).orElseThrow().meanError());
    }

    @Test
    void termThatWouldBeNegativeIsLeftOut() {
        List<Point> points = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            points.add(new Point(i * 100_000_000L, 1_000_000L * (i % 3 + 1), i * 2.0 - 0.3 * (i % 3 + 1)));
        }

        InferenceLaw law = InferenceLaw.fit(points).orElseThrow();

        assertThat(law.bytesPerMs()).isInfinite();
        assertThat(law.constantMs()).isNotNegative();
        assertThat(law.ms(100_000_000, 5_000_000)).isPositive();
    }

    @Test
    void fewNetworksAreNotFitted() {
        assertThat(InferenceLaw.fit(points(4, 0))).isEmpty();
        assertThat(InferenceLaw.fitWithoutFeatureMaps(points(4, 0))).isEmpty();
        assertThat(InferenceLaw.fit(List.of())).isEmpty();
    }

    private static List<Point> points(int count, double noise) {
        Random random = new Random(7);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long multiplyAdds = 20_000_000L + random.nextInt(600_000_000);
            long bytes = 1_000_000L + random.nextInt(80_000_000);
            double ms = multiplyAdds / MULTIPLY_ADDS_PER_MS + bytes / BYTES_PER_MS + CONSTANT_MS;
            points.add(new Point(multiplyAdds, bytes, ms * (1 + noise * (2 * random.nextDouble() - 1))));
        }
        return points;
    }
}
