package io.sightline.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AimdWindowTest {
    @Test
    void windowFullOfTimelyFramesMakesItOneWider() {
        AimdWindow window = AimdWindow.of(4);

        for (int i = 0; i < 5; i++) {
            window = window.inTime(true, 32);
        }

        assertThat(window.frames(32)).isEqualTo(5);
    }

    @Test
    void cameraThatDoesNotFillItsWindowSavesNothingUp() {
        assertThat(AimdWindow.of(4).inTime(false, 32)).isEqualTo(AimdWindow.of(4));
    }

    @Test
    void lateFramesOfOneWindowMakeItSmallerOnce() {
        AimdWindow window = AimdWindow.of(10).late(5, 15).late(6, 16).late(14, 24);

        assertThat(window.size()).isEqualTo(7);
        assertThat(window.late(15, 25).size()).isCloseTo(4.9, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void windowNeverClosesAndNeverPassesItsCap() {
        AimdWindow small = AimdWindow.of(1);
        for (int seq = 0; seq < 10; seq++) {
            small = small.late(seq, seq + 1);
        }
        AimdWindow wide = AimdWindow.of(8);
        for (int i = 0; i < 1_000; i++) {
            wide = wide.inTime(true, 9);
        }

        assertThat(small.frames(32)).isEqualTo(1);
        assertThat(wide.frames(9)).isEqualTo(9);
        assertThat(wide.frames(3)).isEqualTo(3);
    }
}
