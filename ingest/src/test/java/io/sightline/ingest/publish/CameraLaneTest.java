package io.sightline.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.ledger.Ledger;
import io.sightline.contracts.ledger.Settled;
import io.sightline.ingest.admission.CreditSettings;
import io.sightline.ingest.capture.EncodedPicture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraLaneTest {
    private static final CameraId GATE = new CameraId("gate");
    private static final long EPOCH = 1_700_000_000_000L;
    private static final EncodedPicture PICTURE = new EncodedPicture(Jpeg.adopt(new byte[1_000]), 64, 48);
    private static final FrameTimes TIMES = FrameTimes.received(1, TimeSource.ARRIVAL, 1);
    private static final Settlement NO_CREDIT = Settlement.shed(Reason.ADMISSION);

    private final ListSink sink = new ListSink();
    private final CountingListener counts = new CountingListener();
    private final CameraLane lane = lane(3);

    @Test
    void framesAreNumberedFromZeroInOrder() {
        lane.publish(TIMES, PICTURE, 0);
        lane.publish(TIMES, PICTURE, 0);

        assertThat(sink.delivered())
                .extracting(frame -> frame.header().id().toString())
                .containsExactly("gate/" + EPOCH + "/0", "gate/" + EPOCH + "/1");
        assertThat(lane.progress().captured()).isEqualTo(2);
    }

    @Test
    void framesShedInARowBecomeOneRunBeforeTheNextPicture() {
        lane.publish(TIMES, PICTURE, 0);
        for (int i = 0; i < 5; i++) {
            lane.settle(TIMES, NO_CREDIT, 0);
        }
        lane.publish(TIMES, PICTURE, 0);

        assertThat(sink.delivered()).extracting(CameraLaneTest::describe).containsExactly("0", "1+5 admission", "6");
        assertThat(counts.shed).isEqualTo(5);
        assertThat(counts.numbered).isEqualTo(7);
        assertThat(counts.published).isEqualTo(2);
    }

    @Test
    void runIsPublishedAfterASecondAlsoWithoutAPicture() {
        lane.settle(TIMES, NO_CREDIT, millis(0));
        lane.settle(TIMES, NO_CREDIT, millis(500));

        lane.tick(millis(999));
        assertThat(sink.delivered()).isEmpty();
        lane.tick(millis(1_000));

        assertThat(sink.delivered()).extracting(CameraLaneTest::describe).containsExactly("0+2 admission");
    }

    @Test
    void withoutCreditTheReasonIsAdmission() {
        for (int i = 0; i < 3; i++) {
            assertThat(lane.admit(0)).isEmpty();
            lane.publish(TIMES, PICTURE, 0);
        }

        assertThat(lane.admit(0)).contains(Reason.ADMISSION);
        lane.onSettled(settled(EPOCH, 0), 0);
        assertThat(lane.admit(0)).isEmpty();
    }

    @Test
    void settledRecordsOfAnotherEpochOrCameraGiveNoCredit() {
        for (int i = 0; i < 3; i++) {
            lane.publish(TIMES, PICTURE, 0);
        }

        lane.onSettled(settled(EPOCH - 1, 2), 0);
        lane.onSettled(new Settled("other", EPOCH, 2, 10, 0), 0);

        assertThat(lane.admit(0)).contains(Reason.ADMISSION);
    }

    @Test
    void brokerThatRefusesCostsTheFrameAndLaterOnesUntilItTakesTheRun() {
        sink.refuse(true);
        lane.publish(TIMES, PICTURE, 0);

        assertThat(lane.admit(0)).contains(Reason.BROKER);
        lane.settle(TIMES, Settlement.shed(Reason.BROKER), 0);
        sink.refuse(false);

        assertThat(lane.admit(0)).isEmpty();
        lane.publish(TIMES, PICTURE, 0);
        assertThat(sink.delivered()).extracting(CameraLaneTest::describe).containsExactly("0+2 broker", "2");
    }

    @Test
    void brokerThatFallsSilentCountsAsAwayAfterItsPatience() {
        sink.hold(true);
        lane.publish(TIMES, PICTURE, millis(0));

        assertThat(lane.admit(millis(1_000))).isEmpty();
        assertThat(lane.admit(millis(1_501))).contains(Reason.BROKER);
        sink.hold(false);
        assertThat(lane.admit(millis(1_600))).isEmpty();
    }

    @Test
    void frameThatTheSinkGaveUpComesBackAsShed() {
        sink.hold(true);
        lane.publish(TIMES, PICTURE, 0);
        lane.publish(TIMES, PICTURE, 0);
        sink.failAll();
        sink.hold(false);

        lane.publish(TIMES, PICTURE, 0);
        lane.drain(0);

        assertThat(sink.delivered()).extracting(CameraLaneTest::describe).containsExactlyInAnyOrder("0+2 broker", "2");
        assertThat(counts.failures).isEqualTo(2);
        assertThat(lane.progress().inFlight()).isEqualTo(1);
    }

    @Test
    void runThatTheSinkGaveUpComesBackWithItsOwnReason() {
        sink.hold(true);
        lane.settle(TIMES, NO_CREDIT, 0);
        lane.tick(millis(2_000));
        sink.failAll();
        sink.hold(false);

        assertThat(lane.drain(millis(2_000))).isTrue();

        assertThat(sink.delivered()).extracting(CameraLaneTest::describe).containsExactly("0+1 admission");
    }

    @Test
    void pictureOverTheRecordSizeIsRejected() {
        EncodedPicture huge = new EncodedPicture(Jpeg.adopt(new byte[5_000_000]), 8_000, 6_000);

        lane.publish(TIMES, huge, 0);
        lane.publish(TIMES, PICTURE, 0);

        assertThat(lane.fits(huge)).isFalse();
        assertThat(sink.delivered()).extracting(CameraLaneTest::describe).containsExactly("0+1 oversize", "1");
        assertThat(sink.delivered().get(0).header().settlement().map(Settlement::outcome))
                .contains(Outcome.REJECTED);
    }

    @Test
    void withoutAnyAnswerFromTheStagesCreditComesBackInTime() {
        for (int i = 0; i < 3; i++) {
            lane.publish(TIMES, PICTURE, 0);
        }
        lane.tick(millis(9_000));
        assertThat(lane.admit(millis(9_000))).contains(Reason.ADMISSION);

        lane.tick(millis(10_001));

        assertThat(lane.admit(millis(10_001))).isEmpty();
        assertThat(counts.expired).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyNumberReachesTheTopicOnceWhateverTheBrokerDoes(long seed) {
        Random random = new Random(seed);
        CameraLane chaotic = lane(1_000);
        long now = 0;

        for (int i = 0; i < 5_000; i++) {
            now += millis(10);
            misbehave(random);
            Optional<Reason> refusal = chaotic.admit(now);
            if (refusal.isPresent()) {
                chaotic.settle(TIMES, Settlement.shed(refusal.get()), now);
            } else if (random.nextInt(5) == 0) {
                chaotic.settle(TIMES, NO_CREDIT, now);
            } else {
                chaotic.publish(TIMES, PICTURE, now);
            }
            chaotic.tick(now);
        }
        sink.refuse(false);
        sink.hold(false);
        while (!chaotic.drain(now)) {
            now += millis(10);
        }

        Ledger ledger = Ledger.begin("gate", EPOCH);
        for (Frame frame : sink.delivered()) {
            FrameHeader header = frame.header();
            Outcome outcome = header.settlement().map(Settlement::outcome).orElse(Outcome.NO_FACE);
            ledger = ledger.settle(header.id().seq(), header.lastSeq() + 1, outcome);
        }
        assertThat(ledger.unaccounted()).as("seed %d", seed).isZero();
        assertThat(ledger.duplicates()).as("seed %d", seed).isZero();
        assertThat(ledger.settledTotal()).as("seed %d", seed).isEqualTo(5_000);
        assertThat(chaotic.progress().unpublished()).isZero();
    }

    private void misbehave(Random random) {
        switch (random.nextInt(60)) {
            case 0 -> sink.refuse(true);
            case 1, 2 -> sink.refuse(false);
            case 3 -> sink.hold(true);
            case 4, 5 -> sink.hold(false);
            case 6 -> sink.failAll();
            default -> {
                // the broker goes on as it is
            }
        }
    }

    private CameraLane lane(int window) {
        CreditSettings credit =
                new CreditSettings(Duration.ofMillis(400), window, Math.max(8, window), 10_000, Duration.ofSeconds(10));
        return new CameraLane(GATE, EPOCH, LaneTools.of(sink, credit, 1, Duration.ofMillis(1_500)), counts);
    }

    private static Settled settled(long epoch, long lastSeq) {
        return new Settled("gate", epoch, lastSeq, 20, 0);
    }

    private static String describe(Frame frame) {
        FrameHeader header = frame.header();
        return header.settlement()
                .map(s -> header.id().seq() + "+" + header.runLength() + " "
                        + s.reason().wireName())
                .orElse(Long.toString(header.id().seq()));
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static final class CountingListener implements LaneListener {
        private int numbered;
        private int published;
        private int shed;
        private int failures;
        private int expired;
        private final List<String> whys = new ArrayList<>();

        @Override
        public void numbered() {
            numbered++;
        }

        @Override
        public void published(FrameTimes times, Jpeg picture, long nowNanos) {
            published++;
        }

        @Override
        public void settled(Settlement settlement) {
            shed++;
        }

        @Override
        public void deliveryFailed(FrameHeader header, String why) {
            failures++;
            whys.add(why);
        }

        @Override
        public void creditExpired(int frames) {
            expired += frames;
        }
    }
}
