package io.sightline.detect;

import static io.sightline.detect.FakeFaces.face;
import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameId;
import io.sightline.inference.RgbImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaceTrackerTest {
    private static final RgbImage WALL = Pictures.flat(1280, 720, 0x606060);

    private final FaceTracker tracker = new FaceTracker(new TrackerSettings(0.6f, Duration.ofMillis(800)));

    @Test
    void trackIsNamedAfterTheFrameAndPlaceWhereItBegan() {
        assertThat(at(7, 0, face(100, 100), face(500, 100))).containsExactly("lobby/3/7#0", "lobby/3/7#1");
    }

    @Test
    void faceKeepsItsTrackWhileItMoves() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.addAll(at(i, 40L * i, face(100 + 12 * i, 100 + 3 * i)));
        }

        assertThat(ids).containsOnly("lobby/3/0#0");
    }

    @Test
    void fastFaceIsFoundWhereItsVelocityPutsIt() {
        assertThat(Stream.of(0, 1, 2, 3, 4).flatMap(i -> at(i, 100L * i, face(100 + 40 * i, 100)).stream()))
                .containsOnly("lobby/3/0#0");

        // 300 ms later it has gone 120 px on, twice its own width from where it was last seen
        assertThat(at(8, 700, face(100 + 40 * 7, 100))).containsExactly("lobby/3/0#0");
    }

    @Test
    void facesThatPassEachOtherKeepTheirTracks() {
        at(0, 0, face(200, 100), face(500, 130));
        List<String> last = List.of();
        for (int i = 1; i <= 20; i++) {
            last = at(i, 40L * i, face(200 + 15 * i, 100), face(500 - 15 * i, 130));
        }

        assertThat(last).containsExactly("lobby/3/0#0", "lobby/3/0#1");
    }

    @Test
    void faceUnseenForLongerThanTheGapBeginsAnew() {
        at(0, 0, face(100, 100));

        assertThat(at(20, 800, face(100, 100))).containsExactly("lobby/3/0#0");
        assertThat(at(41, 1_601, face(100, 100))).containsExactly("lobby/3/41#0");
    }

    @Test
    void clockSetBackEndsTracks() {
        at(0, 5_000, face(100, 100));

        assertThat(at(1, 1_000, face(100, 100))).containsExactly("lobby/3/1#0");
    }

    @Test
    void faceElsewhereOrOfAnotherSizeBeginsAnew() {
        at(0, 0, face(100, 100));

        assertThat(at(1, 40, face(300, 100))).containsExactly("lobby/3/1#0");
        assertThat(at(2, 80, face(270, 70, 120, 0.9f))).containsExactly("lobby/3/2#0");
    }

    @Test
    void faintFaceGoesOnWithATrackButBeginsNone() {
        assertThat(at(0, 0, face(100, 100, 60, 0.5f))).isEmpty();
        at(1, 40, face(100, 100, 60, 0.7f));

        assertThat(at(2, 80, face(104, 100, 60, 0.45f))).containsExactly("lobby/3/1#0");
    }

    @Test
    void sureFaceTakesTheTrackBeforeAFaintOneThatLiesNearer() {
        at(0, 0, face(100, 100));

        assertThat(at(1, 40, face(112, 100, 60, 0.9f), face(101, 100, 60, 0.5f)))
                .containsExactly("lobby/3/0#0");
    }

    @Test
    void faceOfOtherLooksInTheSamePlaceBeginsAnew() {
        RgbImage one = Pictures.scene(1280, 720, 1);
        RgbImage other = Pictures.scene(1280, 720, 4);

        assertThat(tracks(0, 0, one, face(500, 300))).containsExactly("lobby/3/0#0");
        assertThat(tracks(1, 40, one, face(500, 300))).containsExactly("lobby/3/0#0");
        assertThat(tracks(2, 80, other, face(500, 300))).containsExactly("lobby/3/2#0");
    }

    @Test
    void sixtyFacesKeepTheirTracks() {
        List<String> first = at(0, 0, FakeFaces.crowd(60, 10, 110, 50).toArray(Detection[]::new));
        List<String> second = at(1, 40, FakeFaces.crowd(60, 10, 111, 50).toArray(Detection[]::new));

        assertThat(first).hasSize(60).doesNotHaveDuplicates();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void sameFramesGiveTheSameTracks() {
        List<String> once = wander(new FaceTracker(TrackerSettings.defaults()));
        List<String> again = wander(new FaceTracker(TrackerSettings.defaults()));

        assertThat(again).isEqualTo(once);
    }

    @Test
    void noTrackIsGivenTwiceInAFrame() {
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            Detection[] faces = random.ints(random.nextInt(30), 0, 600)
                    .mapToObj(x ->
                            face(x, random.nextInt(300), 40 + random.nextInt(40), 0.4f + random.nextFloat() * 0.6f))
                    .toArray(Detection[]::new);

            assertThat(at(i, 40L * i, faces)).as("frame %s, seed 11", i).doesNotHaveDuplicates();
        }
    }

    private List<String> wander(FaceTracker own) {
        Random random = new Random(5);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            List<SeenFace> seen = random.ints(6, 0, 900)
                    .mapToObj(x -> seen(WALL, face(x, random.nextInt(400))))
                    .toList();
            own.advance(frame(i), i * 40_000L, seen)
                    .forEach(one -> ids.add(one.track().value()));
        }
        return ids;
    }

    private List<String> at(int seq, long millis, Detection... faces) {
        return tracks(seq, millis, WALL, faces);
    }

    private List<String> tracks(int seq, long millis, RgbImage picture, Detection... faces) {
        List<SeenFace> seen = Stream.of(faces).map(one -> seen(picture, one)).toList();
        return tracker.advance(frame(seq), millis * 1_000, seen).stream()
                .map(one -> one.track().value())
                .toList();
    }

    private static SeenFace seen(RgbImage picture, Detection face) {
        return new SeenFace(face, GreyCells.around(picture, face.box()));
    }

    private static FrameId frame(int seq) {
        return new FrameId(new CameraId("lobby"), 3, seq);
    }
}
