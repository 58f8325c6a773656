package io.sightline.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sightline.ingest.TestCapture;
import io.sightline.ingest.capture.VideoCapture.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FFmpeg's Java preset brings no H.265 encoder, so this needs Debian's {@code ffmpeg}. */
class HevcCaptureTest {
    @Test
    void h265IsDecoded(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("clip.mp4");
        assumeTrue(
                canMake(file),
                "the command ffmpeg with libx265 is needed: install Debian's package ffmpeg (a failure where CI=true)");
        int pictures = 0;

        try (TestCapture test = new TestCapture();
                VideoCapture capture = test.open(TestCapture.file(file))) {
            assertThat(capture.codecName()).isEqualTo("hevc");
            while (capture.next() == Step.PICTURE) {
                pictures++;
            }
            assertThat(capture.decodeErrors()).isZero();
        }

        assertThat(pictures).isEqualTo(20);
    }

    private static boolean canMake(Path file) throws InterruptedException {
        List<String> command = List.of(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=320x240:r=25",
                "-frames:v",
                "20",
                "-c:v",
                "libx265",
                "-x265-params",
                "log-level=none:pools=1",
                "-y",
                file.toString());
        boolean isMade;
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            isMade = process.waitFor() == 0;
        } catch (IOException e) {
            isMade = false;
        }
        assertThat(isMade || !"true".equals(System.getenv("CI")))
                .as("where CI=true, Debian's package ffmpeg must be installed")
                .isTrue();
        return isMade;
    }
}
