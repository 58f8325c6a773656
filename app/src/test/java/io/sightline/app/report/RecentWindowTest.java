package io.sightline.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RecentWindowTest {
    private static final long SECOND = 1_000_000;

    private final RecentWindow window = new RecentWindow();

    @Test
    void steadyRateIsShownOnceTheFirstSecondIsOver() {
        for (int frame = 0; frame < 150; frame++) {
            window.settled(1, 1_000 * SECOND + frame * SECOND / 15);
            if (frame >= 15) {
                assertThat(window.framesPerSecond(1_000 * SECOND + frame * SECOND / 15))
                        .isCloseTo(15, within(1.1));
            }
        }
    }

    @Test
    void silenceBringsTheRateToZero() {
        window.settled(100, 1_000 * SECOND);

        assertThat(window.framesPerSecond(1_003 * SECOND)).isGreaterThan(0);
        assertThat(window.framesPerSecond(1_007 * SECOND)).isZero();
    }

    @Test
    void nothingYetIsARateOfZeroAndNoLatency() {
        assertThat(window.framesPerSecond(SECOND)).isZero();
        assertThat(window.latency(SECOND)).isEmpty();
    }

    @Test
    void oldLatenciesAreForgotten() {
        window.latency(900_000, 1_000 * SECOND);
        for (int frame = 1; frame <= 100; frame++) {
            window.latency(frame * 1_000L, 1_006 * SECOND);
        }

        Percentiles latency = window.latency(1_006 * SECOND).orElseThrow();

        assertThat(latency).isEqualTo(new Percentiles(100, 50, 95, 99));
    }

    @Test
    void manyLatenciesKeepTheLatest() {
        for (int frame = 0; frame < 10_000; frame++) {
            window.latency(frame, 1_000 * SECOND);
        }

        assertThat(window.latency(1_000 * SECOND).orElseThrow().frames()).isEqualTo(256);
        assertThat(window.latency(1_000 * SECOND).orElseThrow().p99Ms()).isGreaterThan(9.9);
    }
}
