package io.sightline.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.frame.TimeSource;
import io.sightline.ingest.CameraSource;
import io.sightline.ingest.TestCameras;
import io.sightline.ingest.TestCapture;
import io.sightline.ingest.TestVideos;
import io.sightline.ingest.TestVideos.Clip;
import io.sightline.ingest.capture.VideoCapture.Step;
import io.sightline.ingest.life.CameraCause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NetworkCaptureTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration AMPLE = Duration.ofSeconds(10);

    private final TestCapture test = new TestCapture();
    private final TestCameras cameras = new TestCameras();

    @AfterEach
    void everythingNativeIsClosed() {
        cameras.close();
        test.close();
        assertThat(test.natives.open()).isZero();
    }

    @Test
    void multipartJpegIsALiveStreamWithTheTimesOfItsArrival() throws CaptureException {
        long before = test.tools.wallMicros().getAsLong();

        try (VideoCapture capture = test.open(TestCapture.network(cameras.url("/live"), AMPLE, AMPLE))) {
            for (int i = 0; i < 4; i++) {
                assertThat(capture.next()).isEqualTo(Step.PICTURE);
                assertThat(TestCapture.greyOf(TestCapture.decode(test.encode(capture, 95))))
                        .isCloseTo(TestVideos.levelOf(i), within(3.0));
            }
            assertThat(capture.isRecording()).isFalse();
            assertThat(capture.codecName()).isEqualTo("mjpeg");
            assertThat(capture.picture().positionMicros()).isEmpty();
            assertThat(capture.picture().source()).isEqualTo(TimeSource.ARRIVAL);
            assertThat(capture.picture().capturedAtMicros())
                    .isBetween(before, test.tools.wallMicros().getAsLong());
        }
    }

    @Test
    void recordingBehindHttpEndsAsAFileDoes(@TempDir Path folder) throws CaptureException {
        cameras.record(TestVideos.write(folder.resolve("clip.mkv"), Clip.h264(20)));
        int pictures = 0;

        try (VideoCapture capture = test.open(TestCapture.network(cameras.url("/file"), AMPLE, AMPLE))) {
            assertThat(capture.isRecording()).isTrue();
            while (capture.next() == Step.PICTURE) {
                pictures++;
            }
        }

        assertThat(pictures).isEqualTo(20);
    }

    @Test
    void cameraThatHangsUpHasEndedItsStream() {
        assertCause(
                TestCapture.network(cameras.url("/few"), AMPLE, AMPLE), CameraCause.END_OF_STREAM, "closed the stream");
    }

    @Test
    void cameraThatStopsSendingIsSilentAfterItsReadTimeout() {
        assertCause(
                TestCapture.network(cameras.url("/stuck"), AMPLE, SHORT), CameraCause.SILENT, "no picture for 400 ms");
    }

    @Test
    void serverThatNeverAnswersIsUnreachableAfterItsOpenTimeout() {
        assertCause(
                TestCapture.network(cameras.url("/hang"), SHORT, AMPLE),
                CameraCause.UNREACHABLE,
                "did not answer within 400 ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp", "rtsps", "http", "https"})
    void socketThatAcceptsAndNeverAnswersIsUnreachable(String scheme) throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = scheme + "://127.0.0.1:" + mute.getLocalPort() + "/stream";

            assertCause(
                    TestCapture.network(url, SHORT, AMPLE), CameraCause.UNREACHABLE, "did not answer within 400 ms");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp", "rtsps", "http", "https"})
    void portWithoutListenerIsRefused(String scheme) {
        String url = scheme + "://127.0.0.1:" + TestCameras.refusedPort() + "/stream";

        assertCause(TestCapture.network(url, AMPLE, AMPLE), CameraCause.REFUSED, "check that the camera is on");
    }

    @Test
    void unknownHostIsUnreachable() {
        assertCause(
                TestCapture.network("rtsp://no-such-host.invalid/stream", AMPLE, AMPLE),
                CameraCause.UNREACHABLE,
                "host name 'no-such-host.invalid' is not known");
    }

    @Test
    void wrongPasswordIsUnauthorisedAndAppearsNowhere() {
        String url = cameras.urlWith("admin:canary%2Fwrong", "/locked");

        CaptureException e =
                catchThrowableOfType(CaptureException.class, () -> test.open(TestCapture.network(url, AMPLE, AMPLE)));

        assertThat(e.why()).isEqualTo(CameraCause.UNAUTHORISED);
        assertThat(e).hasMessageContaining("check its user and password").hasMessageNotContaining("canary");
        assertThat(TestCapture.network(url, AMPLE, AMPLE).toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin:canary%2Fp%40ss%3F%231", "admin:canary/p@ss?#1"})
    void passwordWithOddCharactersWorksEncodedAndPlain(String userInfo) throws CaptureException {
        try (VideoCapture capture =
                test.open(TestCapture.network(cameras.urlWith(userInfo, "/locked"), AMPLE, AMPLE))) {
            assertThat(capture.next()).isEqualTo(Step.PICTURE);
        }
    }

    @Test
    void pathThatIsNotThereIsNotFound() {
        assertCause(
                TestCapture.network(cameras.url("/nothing"), AMPLE, AMPLE), CameraCause.NOT_FOUND, "check the path");
    }

    @Test
    void pageIsNotVideo() {
        assertCause(TestCapture.network(cameras.url("/page"), AMPLE, AMPLE), CameraCause.NOT_VIDEO, "cannot open");
    }

    @Test
    void serverThatFailsIsAFailure() {
        assertCause(TestCapture.network(cameras.url("/broken"), AMPLE, AMPLE), CameraCause.FAILED, "5XX");
    }

    @Test
    void webServerIsNoRtspCamera() {
        String url = cameras.url("/live").replace("http:", "rtsp:");

        assertThatThrownBy(() -> test.open(TestCapture.network(url, AMPLE, AMPLE)))
                .isInstanceOfSatisfying(
                        CaptureException.class,
                        e -> assertThat(e.why())
                                .isIn(
                                        CameraCause.NOT_VIDEO,
                                        CameraCause.FAILED,
                                        CameraCause.NOT_FOUND,
                                        CameraCause.END_OF_STREAM));
    }

    @Test
    void stopEndsAHungReadAtOnce() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (VideoCapture capture =
                test.open(TestCapture.network(cameras.url("/stuck"), AMPLE, Duration.ofMinutes(1)))) {
            Future<CaptureException> read = thread.submit(() -> readOn(capture));

            test.interrupt.stop();

            assertThat(read.get(5, TimeUnit.SECONDS).isStopRequested()).isTrue();
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void moreCamerasThanJavaCppHasCallbacksAreAllInterrupted() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(25);
        List<Interrupt> interrupts = new ArrayList<>();
        List<Callable<CameraCause>> openings = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Interrupt interrupt = test.hub.register();
            interrupts.add(interrupt);
            openings.add(() -> catchThrowableOfType(
                            CaptureException.class,
                            () -> VideoCapture.open(
                                    TestCapture.network(cameras.url("/hang"), SHORT, AMPLE), test.tools, interrupt))
                    .why());
        }

        List<Future<CameraCause>> causes = threads.invokeAll(openings, 20, TimeUnit.SECONDS);

        for (Future<CameraCause> cause : causes) {
            assertThat(cause.get()).isEqualTo(CameraCause.UNREACHABLE);
        }
        interrupts.forEach(Interrupt::close);
        threads.shutdown();
    }

    @Test
    void thirtyLostConnectionsLeaveNothingNative() {
        for (int i = 0; i < 30; i++) {
            String path = List.of("/few", "/page", "/nothing").get(i % 3);

            assertThatThrownBy(() -> readOn(TestCapture.network(cameras.url(path), AMPLE, AMPLE)));

            assertThat(test.natives.open()).isZero();
        }
    }

    @Test
    void sourcesKeepTheirCredentialsToThemselves() {
        CameraSource source = CameraSource.parse(cameras.urlWith("admin:canary", "/live?password=canary"));

        assertThat(source.toString()).doesNotContain("canary").endsWith("/live?…");
        assertThat(source.hasCredentialsInAddress()).isTrue();
    }

    private void assertCause(OpenRequest request, CameraCause cause, String text) {
        assertThatThrownBy(() -> readOn(request))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.why()).isEqualTo(cause))
                .hasMessageContaining(text);
    }

    private void readOn(OpenRequest request) throws CaptureException {
        try (VideoCapture capture = test.open(request)) {
            throw readOn(capture);
        }
    }

    private static CaptureException readOn(VideoCapture capture) {
        try {
            while (capture.next() != Step.END) {
                // on to the failure
            }
        } catch (CaptureException e) {
            return e;
        }
        throw new AssertionError("the stream ended without a cause");
    }
}
