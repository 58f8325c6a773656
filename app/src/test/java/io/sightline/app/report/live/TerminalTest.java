package io.sightline.app.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void sizeIsReadFromRowsAndColumns() {
        assertThat(Terminal.parse("50 132\n")).contains(new ScreenSize(132, 50));
        assertThat(Terminal.parse("0 0")).isEmpty();
        assertThat(Terminal.parse("stty: no terminal")).isEmpty();
        assertThat(Terminal.parse("-5 80")).isEmpty();
        assertThat(Terminal.parse("")).isEmpty();
    }

    @Test
    void tinyTerminalIsDrawnAsIfItWereLarger() {
        assertThat(new ScreenSize(3, 1)).isEqualTo(new ScreenSize(40, 6));
    }

    @Test
    void dumbTerminalAndContinuousIntegrationGetPlainLines() {
        assertThat(LiveMode.detect(Map.of())).isEqualTo(LiveMode.PLAIN);
        assertThat(LiveMode.detect(Map.of("TERM", "dumb"))).isEqualTo(LiveMode.PLAIN);
        assertThat(LiveMode.detect(Map.of("TERM", "xterm", "CI", "true"))).isEqualTo(LiveMode.PLAIN);
    }

    @Test
    void nextPictureIsDrawnOverTheLast() {
        TerminalFrames frames = new TerminalFrames();

        assertThat(frames.next(List.of("a", "b"))).isEqualTo("\ra\u001B[K\nb\u001B[K\n\u001B[J");
        assertThat(frames.next(List.of("c"))).isEqualTo("\u001B[2A\rc\u001B[K\n\u001B[J");
        assertThat(frames.next(List.of())).isEqualTo("\u001B[1A\r\u001B[J");
    }
}
