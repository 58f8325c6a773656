package io.sightline.ingest.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.frame.TimeSource;
import io.sightline.ingest.timing.CaptureClock.StampKind;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CaptureClockTest {
    private static final long NOON = 1_700_000_000_000_000L;

    @Test
    void beforeTheFirstReportArrivalCounts() {
        CaptureClock clock = new CaptureClock(StampKind.NONE);

        assertThat(clock.capturedAt(OptionalLong.of(0), NOON)).isEqualTo(NOON);
        assertThat(clock.source()).isEqualTo(TimeSource.ARRIVAL);
    }

    @Test
    void reportedOffsetIsCarriedToLaterPictures() {
        CaptureClock clock = new CaptureClock(StampKind.NONE);
        clock.report(1_000_000, NOON);

        long captured = clock.capturedAt(OptionalLong.of(1_400_000), NOON + 520_000);

        assertThat(captured).isEqualTo(NOON + 400_000);
        assertThat(clock.source()).isEqualTo(TimeSource.RTCP);
    }

    @Test
    void cameraWhoseClockIsHoursOffIsNotBelieved() {
        CaptureClock clock = new CaptureClock(StampKind.NONE);
        clock.report(0, NOON - 3_600_000_000L);

        long captured = clock.capturedAt(OptionalLong.of(40_000), NOON);

        assertThat(captured).isEqualTo(NOON);
        assertThat(clock.source()).isEqualTo(TimeSource.ARRIVAL);
        assertThat(clock.isClockWrong()).isTrue();
        assertThat(clock.clockOffsetMicros()).hasValue(40_000 - 3_600_000_000L);
    }

    @Test
    void cameraThatTellsNoTimeHasNoOffset() {
        CaptureClock clock = new CaptureClock(StampKind.TRUE);
        clock.capturedAt(OptionalLong.of(40_000), NOON);

        assertThat(clock.clockOffsetMicros()).isEmpty();
    }

    @Test
    void streamStampsSmoothOutTheNetworksJitter() {
        CaptureClock clock = new CaptureClock(StampKind.TRUE);
        Random random = new Random(5);
        long worst = 0;

        for (int i = 0; i < 1_000; i++) {
            long arrival = NOON + i * 40_000L + 5_000 + random.nextInt(60_000);
            long captured = clock.capturedAt(OptionalLong.of(i * 40_000L), arrival);
            if (i > 200) {
                worst = Math.max(worst, Math.abs(captured - (NOON + i * 40_000L + 5_000)));
            }
        }

        assertThat(worst).isLessThan(10_000);
        assertThat(clock.source()).isEqualTo(TimeSource.STREAM);
    }

    @Test
    void driftBetweenTheTwoClocksIsFollowed() {
        CaptureClock clock = new CaptureClock(StampKind.TRUE);
        long captured = 0;
        long arrival = 0;

        for (int i = 0; i < 90_000; i++) {
            arrival = NOON + Math.round(i * 40_000L * (1 + 100e-6));
            captured = clock.capturedAt(OptionalLong.of(i * 40_000L), arrival);
        }

        assertThat(arrival - captured).isBetween(0L, 50_000L);
    }

    @Test
    void stampsThatJumpAreAnchoredAnew() {
        CaptureClock clock = new CaptureClock(StampKind.TRUE);
        clock.capturedAt(OptionalLong.of(5_000_000_000L), NOON);

        long captured = clock.capturedAt(OptionalLong.of(0), NOON + 40_000);

        assertThat(captured).isEqualTo(NOON + 40_000);
    }

    @Test
    void timesAlwaysGrowAlsoWhenABetterSourceIsEarlier() {
        CaptureClock clock = new CaptureClock(StampKind.NONE);
        long first = clock.capturedAt(OptionalLong.of(0), NOON);
        clock.report(40_000, NOON - 200_000);

        long second = clock.capturedAt(OptionalLong.of(40_000), NOON + 40_000);

        assertThat(second).isEqualTo(first + 1);
    }
}
