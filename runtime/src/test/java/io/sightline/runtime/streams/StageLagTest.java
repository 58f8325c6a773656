package io.sightline.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.runtime.metrics.StageProgress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class StageLagTest {
    private static final TopicPartition FIRST = new TopicPartition("frames", 0);
    private static final TopicPartition SECOND = new TopicPartition("frames", 1);
    private static final double HALF_A_SECOND = 0.5;

    private final StageProgress progress = new StageProgress();
    private final StageLag lag = new StageLag(progress);
    private final long now = System.nanoTime();

    @Test
    void stageThatHasTakenEverythingIsNotBehind() {
        progress.took(0, 9, 40);

        lag.look(Map.of(FIRST, 10L), Map.of(), now);

        assertThat(lag.lag()).isEqualTo(new StageLag.Lag(0, 0));
    }

    @Test
    void stageThatStandsStillIsBehindByAllThatTime() {
        progress.took(0, 9, 40);
        lag.look(Map.of(FIRST, 10L), Map.of(), now);

        lag.look(Map.of(FIRST, 17L), Map.of(), after(60));

        assertThat(lag.lag().records()).isEqualTo(7);
        assertThat(lag.lag().seconds()).isCloseTo(60, within(HALF_A_SECOND));
    }

    @Test
    void backlogThatIsBeingWorkedOffIsAsOldAsItsRecords() {
        lag.look(Map.of(FIRST, 1_000L), Map.of(), after(-1));
        progress.took(0, 99, 30_000);

        lag.look(Map.of(FIRST, 1_000L), Map.of(), now);

        assertThat(lag.lag().records()).isEqualTo(900);
        assertThat(lag.lag().seconds()).isCloseTo(30, within(HALF_A_SECOND));
    }

    @Test
    void recordAfterAnHourOfSilenceIsNoHourOfLag() {
        progress.took(0, 9, 5);
        lag.look(Map.of(FIRST, 10L), Map.of(), after(3_598));

        lag.look(Map.of(FIRST, 11L), Map.of(), after(3_600));

        assertThat(lag.lag().records()).isEqualTo(1);
        assertThat(lag.lag().seconds()).isCloseTo(2, within(HALF_A_SECOND));
    }

    @Test
    void partitionOfWhichNothingWasTakenStandsWhereTheGroupDoes() {
        lag.look(Map.of(FIRST, 10L), Map.of(FIRST, 10L), now);
        assertThat(lag.lag()).isEqualTo(new StageLag.Lag(0, 0));

        lag.look(Map.of(FIRST, 12L), Map.of(FIRST, 10L), after(5));

        assertThat(lag.lag().records()).isEqualTo(2);
        assertThat(lag.lag().seconds()).isCloseTo(5, within(HALF_A_SECOND));
    }

    @Test
    void worstPartitionCountsInSecondsAndAllOfThemInRecords() {
        progress.took(0, 9, 1_000);
        progress.took(1, 4, 7_000);
        lag.look(Map.of(FIRST, 10L, SECOND, 5L), Map.of(), after(-20));

        lag.look(Map.of(FIRST, 12L, SECOND, 8L), Map.of(), now);

        assertThat(lag.lag().records()).isEqualTo(5);
        assertThat(lag.lag().seconds()).isCloseTo(7, within(HALF_A_SECOND));
    }

    @Test
    void partitionThatWentToAnotherInstanceIsForgotten() {
        progress.took(0, 9, 40);
        lag.look(Map.of(FIRST, 20L), Map.of(), now);

        lag.look(Map.of(), Map.of(), after(60));

        assertThat(lag.lag()).isEqualTo(new StageLag.Lag(0, 0));
    }

    private long after(long seconds) {
        return now + TimeUnit.SECONDS.toNanos(seconds);
    }
}
