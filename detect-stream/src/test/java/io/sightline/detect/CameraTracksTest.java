package io.sightline.detect;

import static io.sightline.detect.FakeFaces.face;
import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.inference.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class CameraTracksTest {
    private static final RgbImage STUDIO = Pictures.scene(480, 270, 1);
    private static final RgbImage STREET = Pictures.scene(480, 270, 4);

    private final CameraTracks tracks = new CameraTracks(TrackerSettings.defaults());

    @Test
    void shedFramesBetweenDoNotEndATrack() {
        assertThat(track(1, 0, 0, STUDIO)).isEqualTo("gate/1/0#0");
        assertThat(track(1, 5, 330_000, STUDIO)).isEqualTo("gate/1/0#0");
    }

    @Test
    void sceneCutEndsAllTracks() {
        track(1, 0, 0, STUDIO);

        assertThat(track(1, 1, 66_000, STREET)).isEqualTo("gate/1/1#0");
        assertThat(track(1, 2, 132_000, STREET)).isEqualTo("gate/1/1#0");
    }

    @Test
    void cutIsSeenAcrossFramesWithoutFaces() {
        track(1, 0, 0, STUDIO);
        tracks.follow(header(1, 1, 66_000), STREET, List.of());

        assertThat(track(1, 2, 132_000, STUDIO)).isEqualTo("gate/1/2#0");
    }

    @Test
    void newEpochBeginsAnewThoughThePictureIsTheSame() {
        track(1, 0, 0, STUDIO);

        assertThat(track(2, 0, 66_000, STUDIO)).isEqualTo("gate/2/0#0");
    }

    @Test
    void frameSentTwiceLeavesTheTracksAlone() {
        track(1, 0, 0, STUDIO);
        track(1, 1, 66_000, STUDIO);

        assertThat(track(1, 1, 66_000, STUDIO)).isEqualTo("gate/1/1#0");
        assertThat(track(1, 2, 132_000, STUDIO)).isEqualTo("gate/1/0#0");
    }

    @Test
    void lightSwitchedOnIsNoCut() {
        RgbImage dim = dimmed(STUDIO, 2);

        assertThat(SceneCut.isBetween(GreyCells.ofScene(dim), GreyCells.ofScene(STUDIO)))
                .isFalse();
    }

    @Test
    void noiseInTheDarkIsNoCut() {
        RgbImage one = dimmed(Pictures.noise(480, 270, 1), 8);
        RgbImage other = dimmed(Pictures.noise(480, 270, 2), 8);

        assertThat(SceneCut.isBetween(GreyCells.ofScene(one), GreyCells.ofScene(other)))
                .isFalse();
    }

    @Test
    void anotherSceneIsACut() {
        for (int seed = 10; seed < 20; seed++) {
            GreyCells scene = GreyCells.ofScene(Pictures.scene(480, 270, seed));

            assertThat(SceneCut.isBetween(scene, GreyCells.ofScene(Pictures.scene(640, 360, seed))))
                    .as("the same scene, seed %s", seed)
                    .isFalse();
            assertThat(SceneCut.isBetween(scene, GreyCells.ofScene(Pictures.noise(480, 270, seed))))
                    .as("noise after scene, seed %s", seed)
                    .isTrue();
        }
    }

    private static RgbImage dimmed(RgbImage picture, int divisor) {
        byte[] rgb = picture.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((rgb[i] & 0xff) / divisor);
        }
        return RgbImage.adopt(picture.widthPx(), picture.heightPx(), rgb);
    }

    private String track(long epoch, long seq, long capturedMicros, RgbImage picture) {
        List<TrackedFace> followed = tracks.follow(header(epoch, seq, capturedMicros), picture, List.of(face(200, 80)));
        assertThat(followed).hasSize(1);
        return followed.get(0).track().value();
    }

    private static FrameHeader header(long epoch, long seq, long capturedMicros) {
        return FrameHeader.open(
                new FrameId(new CameraId("gate"), epoch, seq),
                FrameTimes.received(capturedMicros, TimeSource.FILE, capturedMicros),
                480,
                270);
    }
}
