package io.sightline.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AimdWindowTest {
    @Test
    void windowFullOfTimelyFramesMakesItOneWider() {
        AimdWindow window = AimdWindow.of(4);

        for (int i = 0; i < 4; i++) {
            window = window.inTime(32);
        }

        assertThat(window.size()).isCloseTo(5, within(0.1));
    }

    @Test
    void lateFramesOfOneWindowMakeItSmallerOnce() {
        AimdWindow window = AimdWindow.of(10).late(5, 100, 1).late(6, 101, 1).late(99, 180, 1);

        assertThat(window.size()).isEqualTo(7);
        assertThat(window.late(100, 181, 1).size()).isCloseTo(4.9, within(1e-9));
    }

    @Test
    void windowStaysWithinItsBounds() {
        AimdWindow small = AimdWindow.of(4);
        AimdWindow wide = AimdWindow.of(8);
        for (int i = 0; i < 1_000; i++) {
            small = small.late(i, i, 2);
            wide = wide.inTime(9);
        }

        assertThat(small.size()).isEqualTo(2);
        assertThat(wide.size()).isEqualTo(9);
    }
}
