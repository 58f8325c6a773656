package io.sightline.app.report.live;

import static io.sightline.app.report.RunFixtures.LOBBY;
import static io.sightline.app.report.RunFixtures.frame;
import static io.sightline.app.report.RunFixtures.known;
import static io.sightline.app.report.RunFixtures.receivedAt;
import static io.sightline.app.report.RunFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.report.RunFixtures;
import io.sightline.app.report.RunTally;
import io.sightline.app.report.TallySpec;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.ops.CameraState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainLogTest {
    private final RunTally tally =
            new RunTally(new TallySpec(List.of(LOBBY), RunFixtures.EPOCH, Duration.ofSeconds(5)));
    private final PlainLog log = new PlainLog(Duration.ofSeconds(5));

    @Test
    void eachSightingIsToldWhenItOpensAndWhenItCloses() {
        see(0);
        tally.sighting(sighting("s1", "opened", "Ada", 0, 0));

        assertThat(log.lines(tally.snapshot(receivedAt(5))))
                .containsExactly("00:00  sighting opened: Ada at lobby, similarity 0.75");
        assertThat(log.lines(tally.snapshot(receivedAt(6)))).isEmpty();

        tally.sighting(sighting("s1", "updated", "Ada", 0, 20));
        tally.sighting(sighting("s1", "closed", "Ada", 0, 30));

        assertThat(log.lines(tally.snapshot(receivedAt(31))))
                .containsExactly("00:03  sighting closed: Ada at lobby, similarity 0.75, 00:00–00:03, 31 frames");
    }

    @Test
    void statusComesEveryFewSeconds() {
        for (int seq = 0; seq <= 50; seq++) {
            see(seq);
        }

        assertThat(log.lines(tally.snapshot(receivedAt(49)))).isEmpty();
        assertThat(log.lines(tally.snapshot(receivedAt(50) + 30_000)))
                .containsExactly(
                        "00:05  camera lobby: 10.2 fps, 51 frames (51 identified, 0 unknown, 0 low quality, 0 no"
                                + " face, 0 shed, 0 rejected), latency p50 30 p95 30 ms, in view: Ada");
        assertThat(log.lines(tally.snapshot(receivedAt(99)))).isEmpty();
        assertThat(log.lines(tally.snapshot(receivedAt(110)))).hasSize(1);
    }

    @Test
    void cameraStateIsToldWhenItChanges() {
        state("connecting", Optional.empty());
        assertThat(log.lines(tally.snapshot(0))).containsExactly("00:00  camera lobby connecting");

        state("reconnecting", Optional.of("refused by host\n\u001B[31m; try again"));
        assertThat(log.lines(tally.snapshot(0)))
                .containsExactly("00:00  camera lobby reconnecting (refused): refused by host [31m; try again");
        assertThat(log.lines(tally.snapshot(0))).isEmpty();
    }

    private void see(long seq) {
        Identities record = frame(LOBBY, seq, known("Ada", 0.7));
        tally.identities(record, record.receivedAtUs() + 30_000);
    }

    private void state(String state, Optional<String> detail) {
        tally.camera(new CameraState(
                LOBBY.value(),
                state,
                detail.map(text -> "refused"),
                detail,
                "rtsp://h",
                0,
                0,
                0,
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                0));
    }
}
