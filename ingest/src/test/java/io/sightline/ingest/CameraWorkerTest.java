package io.sightline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.ledger.Settled;
import io.sightline.contracts.ops.Stage;
import io.sightline.ingest.FilePlay.Pace;
import io.sightline.ingest.FilePlay.Repeat;
import io.sightline.ingest.TestVideos.Clip;
import io.sightline.ingest.admission.CreditSettings;
import io.sightline.ingest.capture.CaptureTools;
import io.sightline.ingest.life.Backoff;
import io.sightline.ingest.life.CameraCause;
import io.sightline.ingest.life.CameraPhase;
import io.sightline.ingest.publish.ListSink;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.metrics.StageMeters;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CameraWorkerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final TestCapture test = new TestCapture();
    private final TestCameras cameras = new TestCameras();
    private final ListSink sink = new ListSink();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final IngestClock clock = new IngestClock(Clock.systemUTC(), System::nanoTime);
    private final CaptureTools capture = new CaptureTools(test.hub, test.natives, clock::wallMicros);
    private final WorkerTools tools = new WorkerTools(
            capture,
            new AttemptGate(2),
            new Backoff(Duration.ofMillis(20), Duration.ofMillis(50)),
            clock,
            new StageMeters(registry, Stage.INGEST),
            () -> 0.5);

    @AfterEach
    void everythingIsClosed() {
        cameras.close();
        test.close();
        assertThat(test.natives.open()).isZero();
        assertThat(test.hub.registered()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("ingest-"));
    }

    @Test
    void fileIsPlayedOnceAndEnds() throws Exception {
        Path clip = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(20));
        Fleet fleet = fleet(100, spec("lobby", clip, 0, once(Pace.FAST)));

        awaitTrue(fleet, fleet::hasEnded);

        CameraProgress lobby = only(fleet);
        assertThat(lobby.cause()).contains(CameraCause.END_OF_STREAM);
        assertThat(lobby.captured()).isEqualTo(20);
        assertThat(lobby.reconnects()).isZero();
        assertThat(lobby.codec()).contains("h264");
        assertThat(lobby.widthPx()).isEqualTo(320);
        assertThat(seqs())
                .isEqualTo(IntStream.range(0, 20).mapToObj(Long::valueOf).toList());
        assertThat(greys()).isEqualTo(levels(20));
        finish(fleet);
    }

    @Test
    void timesOfAFileAreItsPositionsFromTheStartOfItsPlay() throws Exception {
        Path clip = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(10));
        long before = clock.wallMicros();
        Fleet fleet = fleet(100, spec("lobby", clip, 0, once(Pace.FAST)));

        awaitTrue(fleet, fleet::hasEnded);

        List<FrameTimes> times = times();
        assertThat(times).allMatch(time -> time.source() == TimeSource.FILE);
        assertThat(times.get(0).capturedAtMicros()).isBetween(before, clock.wallMicros());
        assertThat(times.get(9).capturedAtMicros() - times.get(0).capturedAtMicros())
                .isEqualTo(360_000);
        assertThat(times)
                .allMatch(time ->
                        time.receivedAtMicros() >= before && time.publishedAtMicros() >= time.receivedAtMicros());
        finish(fleet);
    }

    @Test
    void livePaceTakesAsLongAsTheFile() throws Exception {
        Path clip = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(13));
        Fleet fleet = fleet(100, spec("lobby", clip, 0, once(Pace.LIVE)));

        awaitTrue(fleet, fleet::hasEnded);

        List<FrameTimes> times = times();
        for (FrameTimes time : times) {
            // never early; how late is the machine's affair
            assertThat(time.receivedAtMicros()).isGreaterThanOrEqualTo(time.capturedAtMicros() - 1_000);
        }
        assertThat(times.get(12).receivedAtMicros() - times.get(0).receivedAtMicros())
                .isGreaterThan(400_000);
        finish(fleet);
    }

    @Test
    void fileThatLoopsKeepsItsEpochAndItsTimesGrow() throws Exception {
        Path clip = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(10));
        FilePlay play = new FilePlay(Duration.ofMillis(200), Repeat.LOOP, Pace.FAST);
        Fleet fleet = fleet(10_000, spec("lobby", clip, 0, play));

        awaitTrue(fleet, () -> sink.delivered().size() >= 23);
        stop(fleet);

        List<FrameTimes> times = times();
        assertThat(sink.delivered())
                .extracting(frame -> frame.header().id().epoch())
                .containsOnly(7_000L);
        for (int i = 1; i < 23; i++) {
            assertThat(times.get(i).capturedAtMicros() - times.get(i - 1).capturedAtMicros())
                    .isEqualTo(40_000);
        }
        assertThat(greys().subList(0, 11))
                .isEqualTo(List.of(5, 6, 7, 8, 9, 5, 6, 7, 8, 9, 5).stream()
                        .map(TestVideos::levelOf)
                        .toList());
        assertThat(only(fleet).state()).isEqualTo(CameraPhase.STOPPED);
    }

    @Test
    void frameRateTakesPicturesByTheirStamps() throws Exception {
        Path clip = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(25));
        Fleet fleet = fleet(100, spec("lobby", clip, 5, once(Pace.FAST)));

        awaitTrue(fleet, fleet::hasEnded);

        assertThat(only(fleet).captured()).isEqualTo(5);
        assertThat(greys())
                .isEqualTo(List.of(0, 5, 10, 15, 20).stream()
                        .map(TestVideos::levelOf)
                        .toList());
        finish(fleet);
    }

    @Test
    void fastFileWaitsForCreditInsteadOfSheddingFrames() throws Exception {
        Path clip = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(30));
        Fleet fleet = fleet(2, spec("lobby", clip, 0, once(Pace.FAST)));

        awaitTrue(fleet, () -> sink.delivered().size() == 2);
        for (int i = 0; i < 30; i++) {
            fleet.onSettled(new Settled("lobby", 7_000, i, 10, 0));
            long enough = Math.min(30, i + 3);
            awaitTrue(fleet, () -> sink.delivered().size() >= enough);
        }
        awaitTrue(fleet, fleet::hasEnded);

        assertThat(sink.delivered())
                .hasSize(30)
                .noneMatch(frame -> frame.header().isSettled());
        finish(fleet);
    }

    @Test
    void liveFramesWithoutCreditAreShedAndAccountedFor() throws Exception {
        Path clip = TestVideos.write(folder.resolve("clip.mp4"), Clip.h264(25));
        Fleet fleet = fleet(2, spec("lobby", clip, 0, once(Pace.LIVE)));

        awaitTrue(fleet, fleet::hasEnded);
        finish(fleet);

        List<Frame> open = sink.delivered().stream()
                .filter(frame -> !frame.header().isSettled())
                .toList();
        List<FrameHeader> runs = sink.delivered().stream()
                .map(Frame::header)
                .filter(FrameHeader::isSettled)
                .toList();
        assertThat(open).hasSize(2);
        assertThat(runs).allMatch(run -> run.settlement().equals(Optional.of(Settlement.shed(Reason.ADMISSION))));
        assertThat(runs.stream().mapToInt(FrameHeader::runLength).sum()).isEqualTo(23);
        assertThat(counter(SightlineMeter.FRAMES_CAPTURED, "lobby")).isEqualTo(25);
        assertThat(counter(SightlineMeter.FRAMES_SHED, "lobby", "admission")).isEqualTo(23);
    }

    @Test
    void fileThatCannotBePlayedEndsWithItsCause() throws Exception {
        Fleet fleet = fleet(8, spec("lobby", folder.resolve("none.mp4"), 0, once(Pace.LIVE)));

        awaitTrue(fleet, fleet::hasEnded);

        assertThat(only(fleet).cause()).contains(CameraCause.NOT_FOUND);
        assertThat(only(fleet).detail()).contains("none.mp4").contains("check the path");
        finish(fleet);
    }

    @Test
    void cameraThatHangsUpIsOpenedAgainAndItsNumbersGoOn() throws Exception {
        Fleet fleet = fleet(1_000, network("gate", cameras.url("/few"), SECOND));

        awaitTrue(fleet, () -> cameras.connections() >= 3 && sink.delivered().size() >= 12);
        stop(fleet);

        assertThat(seqs().subList(0, 12))
                .isEqualTo(IntStream.range(0, 12).mapToObj(Long::valueOf).toList());
        assertThat(only(fleet).reconnects()).isGreaterThanOrEqualTo(2);
        assertThat(counter(SightlineMeter.CAMERA_RECONNECTS, "gate", "end_of_stream"))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void cameraThatFailsIsAStateWithACauseAndDisturbsNoOther() throws Exception {
        Fleet fleet = fleet(
                1_000,
                network("gate", cameras.url("/live"), SECOND),
                network("hung", cameras.url("/hang"), Duration.ofMillis(300)),
                network("off", "rtsp://127.0.0.1:" + TestCameras.refusedPort() + "/s", SECOND),
                network("stuck", cameras.url("/stuck"), Duration.ofMillis(300)),
                network("locked", cameras.urlWith("admin:canary", "/locked"), SECOND));

        awaitTrue(
                fleet,
                () -> causes(fleet)
                        .equals(Map.of(
                                "hung", CameraCause.UNREACHABLE,
                                "off", CameraCause.REFUSED,
                                "stuck", CameraCause.SILENT,
                                "locked", CameraCause.UNAUTHORISED)));
        int delivered = sink.delivered().size();
        awaitTrue(fleet, () -> sink.delivered().size() > delivered + 10);

        assertThat(fleet.progress().toString()).doesNotContain("canary");
        for (Camera camera : fleet.cameras()) {
            assertThat(camera.state().orElseThrow().toString()).doesNotContain("canary");
        }
        stop(fleet);
        assertThat(registry.getMeters().toString()).doesNotContain("canary", "127.0.0.1");
    }

    @Test
    void silentBrokerCostsFramesButNoNumber() throws Exception {
        Fleet fleet = fleet(1_000, network("gate", cameras.url("/live"), SECOND));
        awaitTrue(fleet, () -> sink.delivered().size() > 3);

        sink.refuse(true);
        awaitTrue(fleet, () -> counter(SightlineMeter.FRAMES_SHED, "gate", "broker") > 10);
        sink.refuse(false);
        long after = only(fleet).captured() + 5;
        awaitTrue(fleet, () -> only(fleet).captured() > after);
        stop(fleet);

        long next = 0;
        for (Frame frame : sink.delivered()) {
            assertThat(frame.header().id().seq()).isEqualTo(next);
            next = frame.header().lastSeq() + 1;
        }
        assertThat(next).isEqualTo(only(fleet).captured());
        assertThat(sink.delivered()).anyMatch(frame -> frame.header().runLength() > 10);
    }

    private Fleet fleet(int window, CameraSpec... specs) {
        IngestSettings d = IngestSettings.defaults();
        IngestSettings settings = new IngestSettings(
                d.capture(),
                d.reconnect(),
                d.simultaneousAttempts(),
                new CreditSettings(Duration.ofMillis(400), window, window, 100_000, Duration.ofSeconds(50)),
                d.producerBufferBytes(),
                d.brokerPatience(),
                d.stateInterval(),
                d.stopTimeout(),
                d.tracedShare());
        Fleet fleet = new Fleet(settings, List.of(specs), sink, registry, tools);
        fleet.begin(Map.of("lobby", 6_999L, "gate", 6_999L), 1);
        return fleet;
    }

    private static CameraSpec spec(String id, Path file, double fps, FilePlay play) {
        CaptureSettings settings = CaptureSettings.defaults().withFps(fps).withFilePlay(play);
        return new CameraSpec(new CameraId(id), CameraSource.of(file), settings);
    }

    private static CameraSpec network(String id, String url, Duration timeout) {
        CaptureSettings d = CaptureSettings.defaults();
        return new CameraSpec(
                new CameraId(id),
                CameraSource.parse(url),
                new CaptureSettings(d.fps(), d.maxWidthPx(), d.jpegQuality(), timeout, timeout, d.tls(), d.filePlay()));
    }

    private static FilePlay once(Pace pace) {
        return new FilePlay(Duration.ZERO, Repeat.ONCE, pace);
    }

    private void awaitTrue(Fleet fleet, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline)
                    .as(() -> fleet.progress() + " with " + sink.delivered().size() + " records")
                    .isNegative();
            fleet.tick(clock.nanos());
            LockSupport.parkNanos(2_000_000);
        }
    }

    private void finish(Fleet fleet) throws InterruptedException {
        assertThat(fleet.awaitEnd(Duration.ofSeconds(10))).isTrue();
        assertThat(fleet.drain(clock.nanos())).isTrue();
    }

    private void stop(Fleet fleet) throws InterruptedException {
        fleet.requestStop();
        finish(fleet);
    }

    private static CameraProgress only(Fleet fleet) {
        return fleet.progress().values().iterator().next();
    }

    private static Map<String, CameraCause> causes(Fleet fleet) {
        return fleet.progress().entrySet().stream()
                .filter(entry -> entry.getValue().cause().isPresent())
                .collect(Collectors.toMap(
                        entry -> entry.getKey().value(),
                        entry -> entry.getValue().cause().orElseThrow()));
    }

    private List<Long> seqs() {
        return sink.delivered().stream().map(frame -> frame.header().id().seq()).toList();
    }

    private List<FrameTimes> times() {
        return sink.delivered().stream().map(frame -> frame.header().times()).toList();
    }

    /** Each picture's grey, rounded to the level that it was made with. */
    private List<Integer> greys() {
        return sink.delivered().stream()
                .map(frame -> new io.sightline.ingest.capture.EncodedPicture(
                        frame.picture(),
                        frame.header().widthPx(),
                        frame.header().heightPx()))
                .map(picture -> TestCapture.greyOf(TestCapture.decode(picture)))
                .map(grey -> (int) Math.round((grey - 40) / 5) * 5 + 40)
                .toList();
    }

    private static List<Integer> levels(int pictures) {
        return IntStream.range(0, pictures).mapToObj(TestVideos::levelOf).toList();
    }

    private double counter(SightlineMeter meter, String... tags) {
        return Meters.counter(registry, meter, tags).count();
    }
}
