package io.sightline.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.ingest.TestCapture;
import io.sightline.ingest.TestVideos;
import io.sightline.ingest.TestVideos.Clip;
import io.sightline.ingest.capture.VideoCapture.DecodeMode;
import io.sightline.ingest.capture.VideoCapture.Step;
import io.sightline.ingest.life.CameraCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileCaptureTest {
    @TempDir
    private Path folder;

    private final TestCapture test = new TestCapture();

    @AfterEach
    void everythingNativeIsClosed() {
        test.close();
        assertThat(test.natives.open()).isZero();
        assertThat(test.hub.registered()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "libopenh264,mp4,h264",
        "libopenh264,mkv,h264",
        "libopenh264,h264,h264",
        "mjpeg,avi,mjpeg",
        "mjpeg,mjpeg,mjpeg",
        "mpeg4,mp4,mpeg4"
    })
    void everyPictureComesOnceAndInOrder(String encoder, String container, String codec) throws CaptureException {
        Path file = TestVideos.write(folder.resolve("clip." + container), new Clip(encoder, 320, 240, 25, 30, 12));

        try (VideoCapture capture = test.open(TestCapture.file(file))) {
            assertThat(capture.codecName()).isEqualTo(codec);
            assertThat(capture.isRecording()).isTrue();
            for (int i = 0; i < 30; i++) {
                assertThat(capture.next()).as("picture %d", i).isEqualTo(Step.PICTURE);
                double grey = TestCapture.greyOf(TestCapture.decode(test.encode(capture, 95)));
                assertThat(grey).as("picture %d", i).isCloseTo(TestVideos.levelOf(i), within(3.0));
            }
            assertThat(capture.next()).isEqualTo(Step.END);
            assertThat(capture.decodeErrors()).isZero();
            assertThat(capture.bytes()).isPositive();
        }
    }

    @Test
    void positionsCountFromTheBeginning() throws CaptureException {
        Path file = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(10));
        List<Long> positions = new ArrayList<>();

        try (VideoCapture capture = test.open(TestCapture.file(file))) {
            while (capture.next() == Step.PICTURE) {
                positions.add(capture.picture().positionMicros().orElseThrow());
            }
        }

        assertThat(positions)
                .containsExactly(
                        0L, 40_000L, 80_000L, 120_000L, 160_000L, 200_000L, 240_000L, 280_000L, 320_000L, 360_000L);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "500,13", "480,12", "1000,25", "1010,26"})
    void playBeginsWithTheFirstPictureAtOrAfterItsStart(int startMs, int picture) throws CaptureException {
        Path file = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(40));

        try (VideoCapture capture = test.open(TestCapture.file(file, Duration.ofMillis(startMs)))) {
            capture.next();

            assertThat(capture.picture().positionMicros()).hasValue(picture * 40_000L);
            assertThat(TestCapture.greyOf(TestCapture.decode(test.encode(capture, 95))))
                    .isCloseTo(TestVideos.levelOf(picture), within(3.0));
        }
    }

    @Test
    void startBeyondTheEndIsUnreadableAndSaysWhere() {
        Path file = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(10));

        assertCause(
                TestCapture.file(file, Duration.ofSeconds(9)),
                CameraCause.UNREADABLE,
                "no picture that can be decoded from 9000 ms on");
    }

    @Test
    void keyFramesAloneAreDecodedWhenAskedAndTheRestIsReported() throws CaptureException {
        Path file = TestVideos.write(folder.resolve("clip.mp4"), new Clip("libopenh264", 320, 240, 25, 48, 12));
        List<Step> steps = new ArrayList<>();

        try (VideoCapture capture = test.open(TestCapture.file(file))) {
            capture.next();
            capture.keyFramesOnly(DecodeMode.KEY_FRAMES);
            for (int i = 0; i < 20; i++) {
                steps.add(capture.next());
            }
            capture.keyFramesOnly(DecodeMode.ALL);
            Step step = capture.next();
            while (step != Step.END) {
                steps.add(step);
                step = capture.next();
            }
        }

        assertThat(steps).hasSize(47);
        // key frame 12 alone within the first 20 steps; from key frame 24 on everything
        assertThat(steps.subList(0, 23)).filteredOn(Step.PICTURE::equals).hasSize(1);
        assertThat(steps.subList(23, 47)).containsOnly(Step.PICTURE);
    }

    @Test
    void missingFileIsNotFound() {
        assertCause(TestCapture.file(folder.resolve("none.mp4")), CameraCause.NOT_FOUND, "No such file");
    }

    @Test
    void textIsNotVideo() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.mp4"), "these are not pictures\n".repeat(100));

        assertCause(TestCapture.file(file), CameraCause.NOT_VIDEO, "check that the address is that of a video stream");
    }

    @Test
    void emptyFileIsNotVideo() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.mp4"));

        assertCause(TestCapture.file(file), CameraCause.NOT_VIDEO, "cannot open");
    }

    @Test
    void folderIsUnreadable() {
        assertCause(TestCapture.file(folder), CameraCause.UNREADABLE, "cannot open");
    }

    @Test
    void truncatedFileGivesItsWholePicturesAndEnds() throws Exception {
        Path file = TestVideos.write(folder.resolve("clip.mkv"), Clip.h264(40));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        int pictures = 0;
        try (VideoCapture capture = test.open(TestCapture.file(file))) {
            while (capture.next() == Step.PICTURE) {
                pictures++;
            }
        }

        assertThat(pictures).isBetween(5, 35);
    }

    @Test
    void damagedPicturesAreCountedAndNotGiven() throws Exception {
        Path file = TestVideos.write(folder.resolve("clip.avi"), Clip.mjpeg(40));
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(4);
        for (int i = 0; i < 400; i++) {
            bytes[6_000 + random.nextInt(bytes.length - 8_000)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, bytes);

        int pictures = 0;
        long errors;
        try (VideoCapture capture = test.open(TestCapture.file(file))) {
            while (capture.next() == Step.PICTURE) {
                pictures++;
            }
            errors = capture.decodeErrors();
        }

        assertThat(errors).isPositive();
        assertThat(pictures).isLessThan(40);
    }

    @Test
    void thirtyOpenedAndClosedCapturesLeaveNothingNative() throws CaptureException {
        Path file = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(5));

        for (int i = 0; i < 30; i++) {
            try (VideoCapture capture = test.open(TestCapture.file(file));
                    JpegEncoder encoder = new JpegEncoder(160, test.natives)) {
                capture.next();
                encoder.encode(capture.picture(), 90);
                assertThat(test.natives.open()).isGreaterThanOrEqualTo(8);
            }
            assertThat(test.natives.open()).isZero();
        }
    }

    private void assertCause(OpenRequest request, CameraCause cause, String text) {
        assertThatThrownBy(() -> {
                    try (VideoCapture capture = test.open(request)) {
                        capture.next();
                    }
                })
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.why()).isEqualTo(cause))
                .hasMessageContaining(text);
    }
}
