package io.sightline.app.report.live;

import static io.sightline.app.report.RunFixtures.LOBBY;
import static io.sightline.app.report.RunFixtures.frame;
import static io.sightline.app.report.RunFixtures.known;
import static io.sightline.app.report.RunFixtures.receivedAt;
import static io.sightline.app.report.RunFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.report.RunFixtures;
import io.sightline.app.report.RunSnapshot;
import io.sightline.app.report.RunTally;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

    @Test
    void lastStateIsShownBeforeItCloses() {
        LiveView view = LiveView.start(LiveViewTest::run, out, LiveMode.PLAIN);

        view.close();

        assertThat(shown()).contains("sighting opened: Ada at lobby");
    }

    @Test
    void terminalGetsItsCursorBack() {
        LiveView view = LiveView.start(LiveViewTest::run, out, LiveMode.MONOCHROME);

        view.close();

        assertThat(shown())
                .startsWith("\u001B[?25l\u001B[?7l\r Sightline")
                .contains("lobby", "Ada 0.70")
                .endsWith("\u001B[J\u001B[?7h\u001B[?25h");
    }

    @Test
    void cursorComesBackWhenASnapshotFails() {
        LiveView view = LiveView.start(
                () -> {
                    throw new IllegalStateException("no snapshot today");
                },
                out,
                LiveMode.COLOUR);

        view.close();

        assertThat(shown()).endsWith("\u001B[?7h\u001B[?25h");
    }

    @Test
    void closingLeavesNoThread() {
        LiveView.start(LiveViewTest::run, out, LiveMode.PLAIN).close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("live-view"));
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static RunSnapshot run() {
        RunTally tally = new RunTally(RunFixtures.spec());
        tally.identities(frame(LOBBY, 0, known("Ada", 0.7)), receivedAt(0) + 30_000);
        tally.sighting(sighting("s1", "opened", "Ada", 0, 0));
        return tally.snapshot(receivedAt(1));
    }
}
