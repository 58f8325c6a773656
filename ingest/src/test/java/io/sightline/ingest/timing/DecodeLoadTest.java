package io.sightline.ingest.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecodeLoadTest {
    @Test
    void jitterOfTheNetworkIsNoLoad() {
        DecodeLoad load = new DecodeLoad();
        Random random = new Random(1);

        for (int i = 0; i < 2_000; i++) {
            load.observe(i * 40_000L, 7_000_000_000L + i * 40_000L + random.nextInt(300_000));
            assertThat(load.keyFramesOnly()).isFalse();
        }
    }

    @Test
    void decoderAtHalfSpeedFallsToKeyFramesAndRecoversOnceItHasCaughtUp() {
        DecodeLoad load = new DecodeLoad();
        int picture = 0;
        long now = 0;

        while (!load.keyFramesOnly()) {
            now += 80_000;
            load.observe(picture++ * 40_000L, now);
            assertThat(picture).isLessThan(60);
        }
        int fellAt = picture;
        while (load.keyFramesOnly()) {
            now += 1_000;
            load.observe(picture++ * 40_000L, now);
            assertThat(picture).isLessThan(120);
        }

        assertThat(fellAt).isBetween(35, 45);
        assertThat(now - picture * 40_000L).isLessThan(250_000);
    }

    @Test
    void stampsThatJumpAreNoLoad() {
        DecodeLoad load = new DecodeLoad();
        load.observe(3_600_000_000L, 0);

        load.observe(0, 40_000);

        assertThat(load.keyFramesOnly()).isFalse();
    }
}
