package io.sightline.app.report.sheet;

import static io.sightline.app.report.RunFixtures.EPOCH;
import static io.sightline.app.report.RunFixtures.GATE;
import static io.sightline.app.report.RunFixtures.LOBBY;
import static io.sightline.app.report.RunFixtures.frame;
import static io.sightline.app.report.RunFixtures.known;
import static io.sightline.app.report.RunFixtures.poor;
import static io.sightline.app.report.RunFixtures.settled;
import static io.sightline.app.report.RunFixtures.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.identity.Identities;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReservoirTest {
    private static final int KB = 1_024;
    private final FrameReservoir reservoir = new FrameReservoir(100 * KB, 100 * KB);

    @Test
    void pictureAndIdentitiesJoinInEitherOrder() {
        reservoir.picture(id(LOBBY, 10), jpeg(10));
        reservoir.identities(frame(LOBBY, 10, known("Ada", 0.7)));
        reservoir.identities(frame(LOBBY, 30, known("Ada", 0.7)));
        reservoir.picture(id(LOBBY, 30), jpeg(30));
        reservoir.identities(frame(LOBBY, 50, known("Ada", 0.7)));

        assertThat(reservoir.pick(16))
                .extracting(sample -> sample.identities().seq())
                .containsExactly(10L, 30L);
        assertThat(reservoir.pick(16)).extracting(SampledFrame::picture).containsExactly(jpeg(10), jpeg(30));
        assertThat(reservoir.pick(16)).extracting(SampledFrame::second).containsExactly(0.0, 2.0);
    }

    @Test
    void framesWithoutALookAreNotShown() {
        see(settled(LOBBY, 0, 1, Outcome.SHED, Reason.EXPIRED));
        see(settled(LOBBY, 1, 1, Outcome.REJECTED, Reason.UNDECODABLE));

        assertThat(reservoir.pick(16)).isEmpty();
    }

    @Test
    void everyKindOfSceneIsShownBeforeOneIsShownTwice() {
        for (int seq = 0; seq < 400; seq++) {
            see(frame(LOBBY, seq, seq < 200 ? known("Ada", 0.7) : known("Grace", 0.7)));
            see(seq % 40 < 20 ? frame(GATE, seq) : frame(GATE, seq, poor("size"), poor("pose")));
        }
        for (int seq = 400; seq < 420; seq++) {
            see(frame(GATE, seq, known("Ada", 0.6), unknown(0.1)));
        }

        List<SampledFrame> picked = reservoir.pick(5);

        assertThat(picked.stream().map(FrameReservoirTest::scene))
                .containsExactlyInAnyOrder(
                        "gate no_face 0",
                        "gate low_quality 2",
                        "gate identified 2",
                        "lobby identified 1",
                        "lobby identified 1");
    }

    @Test
    void framesOfOneSceneAreSpreadOverTime() {
        for (int seq = 0; seq < 600; seq++) {
            see(frame(LOBBY, seq, known("Ada", 0.7)));
        }

        List<Double> seconds =
                reservoir.pick(3).stream().map(SampledFrame::second).toList();

        assertThat(seconds).hasSize(3).isSorted();
        assertThat(seconds.get(1) - seconds.get(0)).isGreaterThan(10);
        assertThat(seconds.get(2) - seconds.get(1)).isGreaterThan(10);
    }

    @Test
    void emptySceneIsShownOnce() {
        for (int seq = 0; seq < 600; seq++) {
            see(frame(LOBBY, seq));
        }

        assertThat(reservoir.pick(16)).hasSize(1);
    }

    @Test
    void waitingPicturesLeaveOldestFirst() {
        for (int seq = 0; seq < 250; seq++) {
            reservoir.picture(id(LOBBY, seq), jpeg(seq));
        }
        for (int seq = 0; seq < 250; seq += 10) {
            reservoir.identities(frame(LOBBY, seq, known("Ada", 0.7)));
        }

        assertThat(reservoir.pick(64)).allMatch(sample -> sample.identities().seq() >= 150);
    }

    @Test
    void keptPicturesStayWithinTheirBytes() {
        FrameReservoir small = new FrameReservoir(100 * KB, 10 * KB);
        for (int seq = 0; seq < 2_000; seq += 11) {
            CameraId camera = new CameraId("cam-" + seq % 40);
            small.picture(id(camera, seq), jpeg(seq));
            small.identities(frame(camera, seq, known("Person " + seq % 97, 0.7)));
        }

        assertThat(small.pick(1_000).stream()
                        .mapToInt(sample -> sample.picture().sizeBytes())
                        .sum())
                .isPositive()
                .isLessThanOrEqualTo(10 * KB);
    }

    @Test
    void tooManyKindsOfScenesFallTogether() {
        FrameReservoir large = new FrameReservoir(100 * KB, 10_000 * KB);
        for (int seq = 0; seq < 5_000; seq++) {
            large.picture(id(LOBBY, seq), jpeg(seq));
            large.identities(frame(LOBBY, seq, known("Person " + seq, 0.7)));
        }

        assertThat(large.pick(10_000)).hasSizeBetween(64, 72);
    }

    private void see(Identities identities) {
        CameraId camera = new CameraId(identities.camera());
        reservoir.picture(id(camera, identities.seq()), jpeg(identities.seq()));
        reservoir.identities(identities);
    }

    private static String scene(SampledFrame frame) {
        return frame.identities().camera() + " " + frame.identities().outcome() + " "
                + frame.identities().faces().size();
    }

    private static FrameId id(CameraId camera, long seq) {
        return new FrameId(camera, EPOCH, seq);
    }

    /** One kilobyte that tells its frame. */
    private static Jpeg jpeg(long seq) {
        byte[] bytes = new byte[KB];
        bytes[0] = (byte) seq;
        bytes[1] = (byte) (seq >> 8);
        return Jpeg.adopt(bytes);
    }
}
