package io.sightline.ingest.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8));

    @Test
    void waitDoublesWithEachFailureUpToTheCap() {
        assertThat(BACKOFF.after(1, 0)).isEqualTo(Duration.ofMillis(250));
        assertThat(BACKOFF.after(2, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(BACKOFF.after(5, 0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(BACKOFF.after(6, 0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(BACKOFF.after(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void upperHalfOfTheWaitIsRandom() {
        Random random = new Random(7);

        for (int failures = 1; failures < 40; failures++) {
            long ceilingMs = Math.min(8_000, Math.round(500 * Math.pow(2, failures - 1)));

            Duration wait = BACKOFF.after(failures, random.nextDouble());

            assertThat(wait.toMillis()).isBetween(ceilingMs / 2, ceilingMs);
        }
    }

    @Test
    void fleetThatFailedTogetherDoesNotReturnTogether() {
        Random random = new Random(11);

        long distinct = random.doubles(100)
                .mapToLong(r -> BACKOFF.after(4, r).toMillis() / 20)
                .distinct()
                .count();

        assertThat(distinct).isGreaterThan(50);
    }

    @Test
    void impossibleBoundsAreRefusedWithTheirValues() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(9), Duration.ofSeconds(8)))
                .hasMessage("backoff from 9000 ms up to 8000 ms: the first wait must be above 0 and not above the cap");
    }
}
