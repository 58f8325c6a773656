package io.sightline.ingest.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FileTimesTest {
    @Test
    void eachPlayContinuesWhereTheLastOneEnded() {
        FileTimeline timeline = new FileTimeline();

        assertThat(timeline.place(30_000_000)).isZero();
        assertThat(timeline.place(30_040_000)).isEqualTo(40_000);
        assertThat(timeline.place(30_080_000)).isEqualTo(80_000);
        timeline.restart();
        assertThat(timeline.place(30_000_000)).isEqualTo(120_000);
        assertThat(timeline.place(30_040_000)).isEqualTo(160_000);
    }

    @Test
    void placesGrowAlsoOverStampsThatDoNot() {
        FileTimeline timeline = new FileTimeline();

        assertThat(timeline.place(100)).isZero();
        assertThat(timeline.place(100)).isEqualTo(1);
        assertThat(timeline.place(50)).isEqualTo(2);
        assertThat(timeline.place(40_100)).isEqualTo(40_000);
    }

    @Test
    void pictureWithoutAStampComesOneStepAfterTheLast() {
        FileTimeline timeline = new FileTimeline();
        timeline.place(0);
        timeline.place(20_000);

        assertThat(timeline.placeNext()).isEqualTo(40_000);
        assertThat(timeline.placeNext()).isEqualTo(60_000);
    }

    @Test
    void pictureWaitsForItsPlace() {
        FilePacer pacer = new FilePacer(1_000, 500);

        assertThat(pacer.waitNanos(40, 1_000)).isEqualTo(40_000);
        assertThat(pacer.waitNanos(40, 30_000)).isEqualTo(11_000);
        assertThat(pacer.waitNanos(40, 90_000)).isZero();
        assertThat(pacer.wallMicros(40)).isEqualTo(540);
    }

    @Test
    void playThatStoodStillDoesNotRaceAfterwards() {
        FilePacer pacer = new FilePacer(0, 0);
        long resumed = TimeUnit.MINUTES.toNanos(1);

        assertThat(pacer.waitNanos(1_000_000, resumed)).isZero();
        assertThat(pacer.waitNanos(1_040_000, resumed)).isEqualTo(40_000_000);
        assertThat(pacer.wallMicros(1_000_000)).isEqualTo(60_000_000);
    }
}
