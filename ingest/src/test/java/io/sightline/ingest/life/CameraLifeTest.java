package io.sightline.ingest.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CameraLifeTest {
    @Test
    void cameraThatIsRefusedReconnectsWithItsCause() {
        CameraLife life = CameraLife.begin().lost(CameraCause.REFUSED, "nobody there", seconds(1));

        assertThat(life.phase()).isEqualTo(CameraPhase.RECONNECTING);
        assertThat(life.cause()).contains(CameraCause.REFUSED);
        assertThat(life.detail()).isEqualTo("nobody there");
        assertThat(life.failures()).isEqualTo(1);
        assertThat(life.reconnects()).isEqualTo(1);
    }

    @Test
    void pictureEndsTheCauseButNotTheCountOfFailures() {
        CameraLife life = CameraLife.begin()
                .lost(CameraCause.SILENT, "no picture", seconds(1))
                .streaming(seconds(2));

        assertThat(life.phase()).isEqualTo(CameraPhase.STREAMING);
        assertThat(life.cause()).isEmpty();
        assertThat(life.failures()).isEqualTo(1);
    }

    @Test
    void cameraThatDiesRightAfterEachPictureWaitsLongerAndLonger() {
        CameraLife life = CameraLife.begin();

        for (int i = 0; i < 5; i++) {
            life = life.streaming(seconds(i)).lost(CameraCause.END_OF_STREAM, "closed", seconds(i) + 1);
        }

        assertThat(life.failures()).isEqualTo(5);
        assertThat(life.reconnects()).isEqualTo(5);
    }

    @Test
    void streamThatHeldStartsWithTheShortestWaitAgain() {
        CameraLife life = CameraLife.begin()
                .lost(CameraCause.REFUSED, "", 0)
                .lost(CameraCause.REFUSED, "", 0)
                .streaming(seconds(1))
                .lost(CameraCause.SILENT, "", seconds(11));

        assertThat(life.failures()).isEqualTo(1);
        assertThat(life.reconnects()).isEqualTo(3);
    }

    @Test
    void fileEndsForGood() {
        CameraLife life = CameraLife.begin()
                .streaming(1)
                .ended(CameraCause.END_OF_STREAM, "over")
                .streaming(2);

        assertThat(life.phase()).isEqualTo(CameraPhase.ENDED);
        assertThat(life.stopped()).isEqualTo(life);
        assertThat(life.lost(CameraCause.FAILED, "", 3)).isEqualTo(life);
    }

    @Test
    void stoppedCameraStaysStopped() {
        CameraLife life = CameraLife.begin().streaming(1).stopped();

        assertThat(life.streaming(2)).isEqualTo(life);
        assertThat(life.ended(CameraCause.END_OF_STREAM, "")).isEqualTo(life);
        assertThat(life.phase()).isEqualTo(CameraPhase.STOPPED);
    }

    @Test
    void epochIsTheStartRaisedAboveTheLastOne() {
        assertThat(Epochs.begin(1_000, -1)).isEqualTo(1_000);
        assertThat(Epochs.begin(1_000, 999)).isEqualTo(1_000);
        assertThat(Epochs.begin(1_000, 1_000)).isEqualTo(1_001);
        assertThat(Epochs.begin(1_000, 5_000)).isEqualTo(5_001);
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
