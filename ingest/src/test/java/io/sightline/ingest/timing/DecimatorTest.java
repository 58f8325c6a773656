package io.sightline.ingest.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimatorTest {
    @ParameterizedTest
    @CsvSource({"30,15", "30,25", "25,5", "29.97,10", "25,25", "60,24", "15,15"})
    void rateIsExactOverTime(double sourceFps, double fps) {
        long taken = taken(new Decimator(fps), stamps(sourceFps, 100));

        assertThat(taken).isBetween(Math.round(fps * 100) - 1, Math.round(fps * 100) + 1);
    }

    @Test
    void sourceSlowerThanTheRateIsTakenWhole() {
        assertThat(taken(new Decimator(25), stamps(10, 10))).isEqualTo(100);
    }

    @Test
    void zeroTakesEveryPicture() {
        assertThat(taken(new Decimator(0), stamps(30, 2))).isEqualTo(60);
    }

    @Test
    void jitterDoesNotCostPictures() {
        Random random = new Random(3);
        long[] jittered = LongStream.of(stamps(15, 60))
                .map(stamp -> stamp + random.nextInt(10_000) - 5_000)
                .toArray();

        assertThat(taken(new Decimator(15), jittered)).isGreaterThan(890);
    }

    @Test
    void jumpInEitherDirectionStartsTheGridAnew() {
        Decimator decimator = new Decimator(1);

        assertThat(decimator.takes(100_000_000)).isTrue();
        assertThat(decimator.takes(100_500_000)).isFalse();
        assertThat(decimator.takes(0)).isTrue();
        assertThat(decimator.takes(500_000)).isFalse();
        assertThat(decimator.takes(900_000_000)).isTrue();
    }

    @Test
    void negativeRateIsRefused() {
        assertThatThrownBy(() -> new Decimator(-1)).hasMessageContaining("frame rate -1.0");
    }

    private static long taken(Decimator decimator, long[] stamps) {
        return LongStream.of(stamps).filter(decimator::takes).count();
    }

    private static long[] stamps(double fps, int seconds) {
        return IntStream.range(0, (int) Math.round(fps * seconds))
                .mapToLong(i -> Math.round(i * 1e6 / fps))
                .toArray();
    }
}
