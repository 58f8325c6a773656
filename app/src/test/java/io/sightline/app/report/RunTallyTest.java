package io.sightline.app.report;

import static io.sightline.app.report.RunFixtures.EPOCH;
import static io.sightline.app.report.RunFixtures.GATE;
import static io.sightline.app.report.RunFixtures.LOBBY;
import static io.sightline.app.report.RunFixtures.frame;
import static io.sightline.app.report.RunFixtures.known;
import static io.sightline.app.report.RunFixtures.poor;
import static io.sightline.app.report.RunFixtures.receivedAt;
import static io.sightline.app.report.RunFixtures.settled;
import static io.sightline.app.report.RunFixtures.sighting;
import static io.sightline.app.report.RunFixtures.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.ops.CameraState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTallyTest {
    private static final ReportedModels MODELS =
            new ReportedModels(ReportedModel.of("d", "", "", ""), Optional.empty(), ReportedModel.of("e", "", "", ""));

    private final RunTally tally = new RunTally(RunFixtures.spec());

    @Test
    void everyOutcomeIsCountedOnce() {
        see(frame(LOBBY, 0, known("Ada", 0.7), unknown(0.1)), 30);
        see(frame(LOBBY, 1, unknown(0.1)), 30);
        see(frame(LOBBY, 2, poor("size")), 30);
        see(frame(LOBBY, 3), 30);
        see(settled(LOBBY, 4, 5, Outcome.SHED, Reason.ADMISSION), 30);
        see(settled(LOBBY, 9, 1, Outcome.REJECTED, Reason.UNDECODABLE), 30);

        CameraReport lobby = report(Map.of(LOBBY, 10L)).camera(LOBBY);

        assertThat(lobby.outcomes())
                .isEqualTo(Map.of(
                        Outcome.IDENTIFIED, 1L,
                        Outcome.UNKNOWN, 1L,
                        Outcome.LOW_QUALITY, 1L,
                        Outcome.NO_FACE, 1L,
                        Outcome.SHED, 5L,
                        Outcome.REJECTED, 1L));
        assertThat(lobby.unaccounted()).isZero();
    }

    @Test
    void frameThatComesTwiceCountsOnce() {
        see(frame(LOBBY, 0, unknown(0.1)), 30);
        see(frame(LOBBY, 0, unknown(0.1)), 900);
        see(settled(LOBBY, 0, 3, Outcome.SHED, Reason.BROKER), 30);

        Report report = report(Map.of(LOBBY, 3L));

        assertThat(report.frames(Outcome.UNKNOWN)).isEqualTo(1);
        assertThat(report.frames(Outcome.SHED)).isEqualTo(2);
        assertThat(report.latency().orElseThrow().frames()).isEqualTo(1);
    }

    @Test
    void capturedFrameWithoutOutcomeIsUnaccounted() {
        see(frame(LOBBY, 0), 30);
        see(frame(LOBBY, 3), 30);

        assertThat(report(Map.of(LOBBY, 5L)).unaccounted()).isEqualTo(3);
        assertThat(tally.snapshot(receivedAt(4)).cameras().get(0).missing()).isEqualTo(2);
        assertThat(tally.isSettled(Map.of(LOBBY, 5L))).isFalse();
        assertThat(tally.isSettled(Map.of(LOBBY, 2L))).isTrue();
    }

    @Test
    void cameraThatNeverGaveAFrameIsInTheReport() {
        CameraReport gate = report(Map.of()).camera(GATE);

        assertThat(gate).isEqualTo(new CameraReport(0, Map.of(), 0));
    }

    @Test
    void latencyLeavesOutShedAndRejectedFrames() {
        see(frame(LOBBY, 0), 40);
        see(settled(LOBBY, 1, 1, Outcome.SHED, Reason.EXPIRED), 5_000);
        see(settled(LOBBY, 2, 1, Outcome.REJECTED, Reason.FAILED), 5_000);

        Percentiles latency = report(Map.of()).latency().orElseThrow();

        assertThat(latency.frames()).isEqualTo(1);
        assertThat(latency.p99Ms()).isCloseTo(40, within(0.1));
    }

    @Test
    void latencyIsEmptyWhenNothingWasLookedAt() {
        see(settled(LOBBY, 0, 10, Outcome.SHED, Reason.DECODER), 10);

        assertThat(report(Map.of()).latency()).isEmpty();
    }

    @Test
    void percentilesRankTheFrames() {
        for (int seq = 0; seq < 100; seq++) {
            see(frame(LOBBY, seq), seq + 1);
        }

        Percentiles latency = report(Map.of()).latency().orElseThrow();

        assertThat(latency.p50Ms()).isCloseTo(50, within(0.1));
        assertThat(latency.p95Ms()).isCloseTo(95, within(0.1));
        assertThat(latency.p99Ms()).isCloseTo(99, within(0.1));
    }

    @Test
    void steadyLatencyBeginsAfterTheWarmUp() {
        see(frame(LOBBY, 0), 900);
        see(frame(LOBBY, 49), 800);
        see(frame(GATE, 50), 30);

        RunSnapshot run = tally.snapshot(receivedAt(51));

        assertThat(run.steadyLatency().orElseThrow().frames()).isEqualTo(1);
        assertThat(run.steadyLatency().orElseThrow().p99Ms()).isCloseTo(30, within(0.1));
        assertThat(run.latency().orElseThrow().frames()).isEqualTo(3);
    }

    @Test
    void clockThatWasSetBackGivesNoNegativeLatency() {
        see(frame(LOBBY, 0), -5_000);

        assertThat(report(Map.of()).latency().orElseThrow().p50Ms()).isZero();
    }

    @Test
    void framesPerSecondCountFromFirstReceiptToLastDecision() {
        for (int seq = 0; seq <= 50; seq++) {
            see(frame(LOBBY, seq), 30);
        }

        assertThat(report(Map.of()).camera(LOBBY).fps()).isCloseTo(51 / 5.02, within(1e-9));
    }

    @Test
    void recordsOfOtherCamerasAndEarlierEpochsArePassedOver() {
        see(frame(new CameraId("cellar"), 0), 30);
        Identities earlier = frame(LOBBY, 0);
        see(
                new Identities(
                        "lobby",
                        EPOCH - 1,
                        0,
                        1,
                        earlier.capturedAtUs(),
                        "file",
                        earlier.receivedAtUs(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        "no_face",
                        "decided",
                        List.of()),
                30);

        assertThat(report(Map.of()).settled()).isZero();
    }

    @Test
    void epochsOfOneCameraAddUp() {
        for (int epoch = 0; epoch < 20; epoch++) {
            Identities one = frame(LOBBY, 0);
            see(
                    new Identities(
                            "lobby",
                            EPOCH + epoch,
                            0,
                            1,
                            one.capturedAtUs(),
                            "file",
                            one.receivedAtUs(),
                            0,
                            0,
                            0,
                            one.decidedAtUs(),
                            0,
                            0,
                            "no_face",
                            "decided",
                            List.of()),
                    30);
        }

        Report report = report(Map.of(LOBBY, 20L));

        assertThat(report.settled()).isEqualTo(20);
        assertThat(report.camera(LOBBY).fps()).isCloseTo(20 / 0.4, within(1e-6));
    }

    @Test
    void sightingIsReportedAsItStoodLast() {
        see(frame(LOBBY, 0), 30);
        tally.sighting(sighting("s1", "opened", "Ada", 10, 10));
        tally.sighting(sighting("s1", "updated", "Ada", 10, 30));
        tally.sighting(sighting("s1", "closed", "Ada", 10, 45));
        tally.sighting(sighting("s1", "updated", "Ada", 10, 20));

        List<SightingLine> sightings = report(Map.of()).sightings();

        assertThat(sightings).hasSize(1);
        assertThat(sightings.get(0).fromS()).isCloseTo(1.0, within(1e-9));
        assertThat(sightings.get(0).toS()).isCloseTo(4.5, within(1e-9));
        assertThat(sightings.get(0).frames()).isEqualTo(36);
        assertThat(sightings.get(0).isOpen()).isFalse();
        assertThat(tally.hasOpenSightings()).isFalse();
    }

    @Test
    void openingAndClosingAreNewsAndUpdatesAreNot() {
        tally.sighting(sighting("s1", "opened", "Ada", 10, 10));
        tally.sighting(sighting("s1", "updated", "Ada", 10, 30));
        tally.sighting(sighting("s2", "updated", "unknown", 11, 30));
        tally.sighting(sighting("s1", "closed", "Ada", 10, 45));

        List<SightingChange> changes = tally.snapshot(receivedAt(50)).changes();

        assertThat(changes.stream()
                        .map(change -> change.number()
                                + change.change()
                                + change.sighting().who()))
                .containsExactly("0openedAda", "1openedunknown s2", "2closedAda");
    }

    @Test
    void snapshotShowsWhoIsInViewUntilTheCameraFallsSilent() {
        see(frame(LOBBY, 0, known("Ada", 0.7), poor("pose")), 30);

        assertThat(tally.snapshot(receivedAt(1)).cameras().get(0).inView().stream()
                        .map(FaceNow::label))
                .containsExactly("Ada", "low quality");
        assertThat(tally.snapshot(receivedAt(40)).cameras().get(0).inView()).isEmpty();
    }

    @Test
    void cameraStateIsShownBeforeItsFirstFrame() {
        tally.camera(new CameraState(
                "gate",
                "reconnecting",
                Optional.of("refused"),
                Optional.of("refused by host"),
                "rtsp://h",
                0,
                0,
                3,
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                0));

        RunSnapshot run = tally.snapshot(receivedAt(0));

        assertThat(run.cameras().get(0).state()).isEqualTo("waiting");
        assertThat(run.cameras().get(1).state()).isEqualTo("reconnecting");
        assertThat(run.cameras().get(1).cause()).contains("refused");
        assertThat(run.elapsed()).isEqualTo(Duration.ZERO);
    }

    private void see(Identities record, long latencyMs) {
        tally.identities(record, record.receivedAtUs() + latencyMs * 1_000);
    }

    private Report report(Map<CameraId, Long> captured) {
        return tally.report(captured, MODELS);
    }
}
