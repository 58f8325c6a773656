package io.sightline.ingest.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.ingest.timing.DecodeLoad.Effort;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecodeLoadTest {
    private final DecodeLoad load = new DecodeLoad();
    private long nowMicros;
    private long waitedMicros;
    private int picture;

    @Test
    void jitterOfTheNetworkIsNoLoad() {
        Random random = new Random(1);

        for (int i = 0; i < 2_000; i++) {
            picture(5_000, Math.max(0, i * 40_000L + random.nextInt(300_000) - nowMicros));
            assertThat(load.keyFramesOnly()).isFalse();
        }
    }

    @Test
    void decoderAtHalfSpeedFallsToKeyFramesAndRecoversOnceItHasCaughtUp() {
        while (!load.keyFramesOnly()) {
            picture(80_000, 0);
            assertThat(picture).isLessThan(90);
        }
        long fellAt = nowMicros;
        while (load.keyFramesOnly()) {
            picture(1_000, Math.max(0, picture * 40_000L - nowMicros));
            assertThat(nowMicros - fellAt).isLessThan(10_000_000);
        }

        assertThat(fellAt).isBetween(3_000_000L, 5_500_000L);
        assertThat(nowMicros - picture * 40_000L).isLessThan(100_000);
    }

    @Test
    void burstAfterANetworksStallIsNoLoad() {
        for (int i = 0; i < 100; i++) {
            picture(5_000, 35_000);
        }
        picture(5_000, 3_000_000);

        for (int i = 0; i < 75; i++) {
            picture(5_000, 0);
            assertThat(load.keyFramesOnly()).isFalse();
        }
        for (int i = 0; i < 100; i++) {
            picture(5_000, 35_000);
            assertThat(load.keyFramesOnly()).isFalse();
        }
    }

    @Test
    void cameraThatWasSilentForLongIsNoLoad() {
        picture(5_000, 35_000);

        picture(5_000, 8_000_000);
        picture(5_000, 35_000);

        assertThat(load.keyFramesOnly()).isFalse();
    }

    /** One picture, 40 ms of stream after the last, that was waited for and then worked on. */
    private void picture(long workMicros, long waitMicros) {
        waitedMicros += waitMicros;
        nowMicros += waitMicros;
        load.observe(picture++ * 40_000L, nowMicros, new Effort(nowMicros * 1_000, waitedMicros * 1_000));
        nowMicros += workMicros;
    }
}
