package io.sightline.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.ops.CameraState;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.ingest.CameraProgress;
import io.sightline.ingest.CameraSpec;
import io.sightline.ingest.CaptureSettings;
import io.sightline.ingest.FilePlay;
import io.sightline.ingest.IngestSettings;
import io.sightline.ingest.IngestStage;
import io.sightline.ingest.TlsSettings;
import io.sightline.ingest.admission.CreditSettings;
import io.sightline.ingest.life.Backoff;
import io.sightline.ingest.life.CameraCause;
import io.sightline.ingest.life.CameraPhase;
import io.sightline.tests.servers.CapturedLogs;
import io.sightline.tests.servers.RtspServer;
import io.sightline.tests.servers.RtspSpec;
import io.sightline.tests.servers.RtspSpec.Login;
import io.sightline.tests.servers.TestBroker;
import io.sightline.tests.servers.TestCertificate;
import io.sightline.tests.servers.TestClips;
import io.sightline.tests.servers.TestClips.Codec;
import io.sightline.tests.servers.TopicRecords;
import io.sightline.tests.servers.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real cameras' streams into a real broker: every frame has its number on the topic, and every trouble its cause. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Holds every character that an address must escape. */
    private static final String CANARY = "c4nary/p@ss:w%rd?#";

    private static final String CANARY_IN_ADDRESS = "c4nary%2Fp%40ss%3Aw%25rd%3F%23";

    private final List<AutoCloseable> closing = new ArrayList<>();
    private TestBroker broker;

    @SuppressWarnings("NullAway.Init") // BeforeAll sets the broker
    IngestIT() {}

    @BeforeAll
    void startBroker(@TempDir Path folder) {
        broker = TestBroker.withTopics(folder, 3);
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = closing.size() - 1; i >= 0; i--) {
            closing.get(i).close();
        }
        closing.clear();
        Waiting.until(
                "ingest's threads to end",
                Duration.ofSeconds(10),
                () -> ingestThreads().isEmpty(),
                IngestIT::ingestThreads);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void streamBecomesNumberedFramesWithTheCamerasOwnTime(Codec codec) throws Exception {
        RtspServer server = serve(RtspSpec.of(TestClips.pattern(codec)));
        String camera = "time-" + codec.name().toLowerCase(Locale.ROOT);
        IngestStage stage = capture(camera + "=" + server.url());
        TopicRecords<Frame> topic = records(Topics.FRAMES);

        awaitFrames(topic, camera, frames -> from(frames, TimeSource.RTCP).size() >= 25);
        stage.close();

        List<Frame> frames = topic.poll().of(camera);
        assertThat(unaccounted(frames, progress(stage, camera))).isEmpty();
        // before the producer knows the topic, the first pictures may be given up
        assertThat(frames)
                .filteredOn(frame -> frame.header().isSettled())
                .allSatisfy(frame -> assertThat(frame.header().lastSeq()).isLessThan(10));
        assertThat(frames).filteredOn(frame -> !frame.header().isSettled()).allSatisfy(frame -> {
            assertThat(frame.header().widthPx()).isEqualTo(1280);
            assertThat(frame.header().heightPx()).isEqualTo(720);
            assertThat(frame.picture().isEmpty()).isFalse();
        });
        // camera and broker share this machine's clock, so light is seen shortly before it is received
        assertThat(from(frames, TimeSource.RTCP)).allSatisfy(frame -> {
            FrameTimes times = frame.header().times();
            assertThat(times.receivedAtMicros() - times.capturedAtMicros()).isBetween(-100_000L, 2_000_000L);
        });
        assertThat(progress(stage, camera).codec()).isPresent();
    }

    @Test
    void droppedCameraComesBackWithNothingUnaccounted() throws Exception {
        RtspServer server = serve(RtspSpec.of(TestClips.pattern(Codec.H264)));
        IngestStage stage = capture("dropped=" + server.url());
        awaitCaptured(stage, "dropped", 25);

        server.dropClients();

        await(stage, "dropped", progress -> progress.reconnects() >= 1 && isStreaming(progress));
        awaitCaptured(stage, "dropped", progress(stage, "dropped").captured() + 25);
        stage.close();
        assertThat(unaccounted(records(Topics.FRAMES).pollToEnd().of("dropped"), progress(stage, "dropped")))
                .isEmpty();
        assertThat(records(Topics.CAMERAS).pollToEnd().of("dropped"))
                .extracting(CameraState::state)
                .contains("streaming", "reconnecting");
    }

    @Test
    void restartedCameraIsRefusedMeanwhileAndComesBack() throws Exception {
        RtspServer server = serve(RtspSpec.of(TestClips.pattern(Codec.H264)));
        IngestStage stage = capture("restarted=" + server.url());
        awaitCaptured(stage, "restarted", 10);

        server.stop();

        await(stage, "restarted", progress -> hasCause(progress, CameraCause.REFUSED));
        assertThat(progress(stage, "restarted").detail())
                .contains(server.url())
                .contains("check that the camera is on");

        server.startAgain();

        await(stage, "restarted", IngestIT::isStreaming);
        awaitCaptured(stage, "restarted", progress(stage, "restarted").captured() + 10);
        stage.close();
        assertThat(unaccounted(records(Topics.FRAMES).pollToEnd().of("restarted"), progress(stage, "restarted")))
                .isEmpty();
    }

    @Test
    void hungCameraIsSilentUntilPicturesComeAgain() throws Exception {
        RtspServer server = serve(RtspSpec.of(TestClips.pattern(Codec.H264)));
        IngestStage stage = capture("hung=" + server.url());
        awaitCaptured(stage, "hung", 10);

        server.hang();

        await(stage, "hung", progress -> hasCause(progress, CameraCause.SILENT));

        server.resume();

        await(stage, "hung", IngestIT::isStreaming);
        awaitCaptured(stage, "hung", progress(stage, "hung").captured() + 10);
        stage.close();
        assertThat(unaccounted(records(Topics.FRAMES).pollToEnd().of("hung"), progress(stage, "hung")))
                .isEmpty();
    }

    @Test
    void frozenCameraNeitherHoldsTheStopNorTheOthers() throws Exception {
        RtspServer frozen = serve(RtspSpec.of(TestClips.pattern(Codec.H264)));
        RtspServer well = serve(RtspSpec.of(TestClips.pattern(Codec.H264)));
        frozen.freeze();
        try {
            IngestStage stage = capture("frozen=" + frozen.url(), "well=" + well.url());

            awaitCaptured(stage, "well", 25);
            await(stage, "frozen", progress -> progress.cause().isPresent());
            long before = System.nanoTime();
            stage.close();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(12));
            assertThat(unaccounted(records(Topics.FRAMES).pollToEnd().of("well"), progress(stage, "well")))
                    .isEmpty();
        } finally {
            frozen.thaw();
        }
    }

    @Test
    void eachTroubleHasItsCauseAndDisturbsNobody() throws Exception {
        RtspServer open = serve(RtspSpec.of(TestClips.pattern(Codec.H264)));
        RtspServer guarded =
                serve(RtspSpec.of(TestClips.pattern(Codec.H264)).withLogin("viewer", CANARY, Login.Scheme.DIGEST));
        HttpServer page = closing(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        IngestStage stage = capture(
                "good=" + open.url(),
                "no-password=" + guarded.url(),
                "wrong-password=" + guarded.urlWith("viewer", "wrong"),
                "no-such-path=" + open.url() + "-elsewhere",
                "nobody=rtsp://127.0.0.1:" + closedPort() + "/cam",
                "page=http://127.0.0.1:" + page.getAddress().getPort() + "/index.html");

        await(stage, "no-password", progress -> hasCause(progress, CameraCause.UNAUTHORISED));
        await(stage, "wrong-password", progress -> hasCause(progress, CameraCause.UNAUTHORISED));
        await(stage, "no-such-path", progress -> hasCause(progress, CameraCause.NOT_FOUND));
        await(stage, "nobody", progress -> hasCause(progress, CameraCause.REFUSED));
        await(stage, "page", progress -> hasCause(progress, CameraCause.NOT_VIDEO));
        awaitCaptured(stage, "good", 25);
        CameraProgress good = progress(stage, "good");
        assertThat(good.reconnects()).as("%s", good).isZero();
        stage.close();

        TopicRecords<CameraState> states = records(Topics.CAMERAS).pollToEnd();
        assertThat(states.of("no-password"))
                .anySatisfy(state -> assertThat(state.cause()).contains("unauthorised"));
        assertThat(states.of("nobody"))
                .anySatisfy(state -> assertThat(state.cause()).contains("refused"));
        assertThat(unaccounted(records(Topics.FRAMES).pollToEnd().of("good"), progress(stage, "good")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Login.Scheme.class)
    void passwordOpensTheCameraAndIsWrittenNowhere(Login.Scheme scheme) throws Exception {
        RtspServer server = serve(RtspSpec.of(TestClips.pattern(Codec.H264)).withLogin("viewer", CANARY, scheme));
        String camera = "guarded-" + scheme.name().toLowerCase(Locale.ROOT);
        try (CapturedLogs logs = CapturedLogs.start()) {
            IngestStage stage = capture(camera + "=" + server.urlWithLogin());
            awaitCaptured(stage, camera, 10);
            server.stop();
            await(stage, camera, progress -> hasCause(progress, CameraCause.REFUSED));
            CameraProgress seen = progress(stage, camera);
            stage.close();

            assertThat(logs.ourWarnings()).anySatisfy(line -> assertThat(line).contains("holds a password"));
            assertNoCanary(logs.all());
            assertNoCanary(List.of(seen.toString()));
        }
        for (Topic<?> topic : Topics.all()) {
            assertNoCanary(records(topic).pollToEnd().raw().stream()
                    .map(record ->
                            record.key() + new String(record.value(), StandardCharsets.ISO_8859_1) + record.headers())
                    .toList());
        }
    }

    @Test
    void certificateIsCheckedUnlessToldWhomToTrust(@TempDir Path folder) throws Exception {
        RtspSpec.Certificate certificate = TestCertificate.in(folder);
        RtspServer server = serve(RtspSpec.of(TestClips.pattern(Codec.H264)).withCertificate(certificate));
        TlsSettings trusting = new TlsSettings(TlsSettings.Verify.YES, Optional.of(certificate.certificate()));
        IngestStage stage = capture(List.of(
                CameraSpec.parse("distrusting=" + server.url(), captureSettings(TlsSettings.defaults())),
                CameraSpec.parse("trusting=" + server.url(), captureSettings(trusting))));

        await(stage, "distrusting", progress -> hasCause(progress, CameraCause.TLS));
        awaitCaptured(stage, "trusting", 10);
    }

    @Test
    void framesOfABrokersAbsenceAreShedAndAccountedFor(@TempDir Path folder) throws Exception {
        TestBroker away = closing(TestBroker.withTopics(folder, 1));
        RtspServer server = serve(RtspSpec.of(TestClips.pattern(Codec.H264)));
        IngestStage stage = closing(IngestStage.start(
                settings(),
                List.of(CameraSpec.parse("lobby=" + server.url(), captureSettings(TlsSettings.defaults()))),
                away.connection(),
                new SimpleMeterRegistry(),
                Clock.systemUTC()));
        awaitCaptured(stage, "lobby", 50);

        away.stop();
        long atLoss = progress(stage, "lobby").captured();
        awaitCaptured(stage, "lobby", atLoss + 100);
        away.startAgain();
        awaitCaptured(stage, "lobby", progress(stage, "lobby").captured() + 50);
        stage.close();

        try (TopicRecords<Frame> topic = TopicRecords.of(away.connection(), Topics.FRAMES)) {
            CameraProgress progress = progress(stage, "lobby");
            List<Frame> frames = Waiting.forValue(
                    "all frames to be on the topic",
                    SOON,
                    () -> topic.poll().of("lobby"),
                    found -> lastSeq(found) + 1 >= progress.captured());
            assertThat(unaccounted(frames, progress)).isEmpty();
            assertThat(frames)
                    .filteredOn(frame -> frame.header().isSettled())
                    .extracting(
                            frame -> frame.header().settlement().orElseThrow().reason())
                    .containsOnly(Reason.BROKER);
        }
    }

    private static void assertNoCanary(List<String> texts) {
        assertThat(texts).noneMatch(text -> text.contains(CANARY) || text.contains(CANARY_IN_ADDRESS));
    }

    /** Sentences about frames that have no number, a number twice, or are not on the topic; reads epoch by epoch. */
    private static List<String> unaccounted(List<Frame> frames, CameraProgress progress) {
        List<String> faults = new ArrayList<>();
        long epoch = -1;
        long next = 0;
        for (Frame frame : frames) {
            if (frame.header().id().epoch() != epoch) {
                epoch = frame.header().id().epoch();
                next = 0;
            }
            if (frame.header().id().seq() != next) {
                faults.add(frame.header().id() + " where " + next + " was due");
            }
            next = frame.header().lastSeq() + 1;
        }
        if (epoch == progress.epoch() && next != progress.captured()) {
            faults.add(progress.captured() + " captured, " + next + " on the topic");
        }
        return faults;
    }

    private static long lastSeq(List<Frame> frames) {
        return frames.isEmpty() ? -1 : frames.get(frames.size() - 1).header().lastSeq();
    }

    private static List<Frame> from(List<Frame> frames, TimeSource source) {
        return frames.stream()
                .filter(frame -> frame.header().times().source() == source)
                .toList();
    }

    private static boolean isStreaming(CameraProgress progress) {
        return progress.state() == CameraPhase.STREAMING;
    }

    private static boolean hasCause(CameraProgress progress, CameraCause cause) {
        return progress.cause().equals(Optional.of(cause));
    }

    private static CameraProgress progress(IngestStage stage, String camera) {
        return Optional.ofNullable(stage.progress().get(new CameraId(camera))).orElseThrow();
    }

    private static void await(IngestStage stage, String camera, Predicate<CameraProgress> fits) {
        Waiting.forValue("camera " + camera, SOON, () -> progress(stage, camera), fits);
    }

    private static void awaitCaptured(IngestStage stage, String camera, long frames) {
        await(stage, camera, progress -> progress.captured() >= frames);
    }

    private static void awaitFrames(TopicRecords<Frame> topic, String camera, Predicate<List<Frame>> fits) {
        Waiting.forValue("frames of camera " + camera, SOON, () -> topic.poll().of(camera), fits);
    }

    private IngestStage capture(String... cameras) {
        return capture(Arrays.stream(cameras)
                .map(camera -> CameraSpec.parse(camera, captureSettings(TlsSettings.defaults())))
                .toList());
    }

    private IngestStage capture(List<CameraSpec> cameras) {
        return closing(IngestStage.start(
                settings(), cameras, broker.connection(), new SimpleMeterRegistry(), Clock.systemUTC()));
    }

    /** Nobody settles frames here, so admission must not be what the tests meet. */
    private static IngestSettings settings() {
        IngestSettings usual = IngestSettings.defaults();
        return new IngestSettings(
                usual.capture(),
                new Backoff(Duration.ofMillis(100), Duration.ofMillis(500)),
                usual.simultaneousAttempts(),
                new CreditSettings(Duration.ofMillis(400), 5_000, 10_000, 100_000, Duration.ofSeconds(1)),
                usual.producerBufferBytes(),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                usual.stopTimeout(),
                usual.tracedShare());
    }

    /** The product's own timeouts: a machine that pauses for two seconds must not look like a camera's fault. */
    private static CaptureSettings captureSettings(TlsSettings tls) {
        CaptureSettings usual = CaptureSettings.defaults();
        return new CaptureSettings(0, 0, 85, usual.openTimeout(), usual.readTimeout(), tls, FilePlay.once());
    }

    private RtspServer serve(RtspSpec spec) throws IOException {
        return closing(RtspServer.start(spec));
    }

    private <V> TopicRecords<V> records(Topic<V> topic) {
        return closing(TopicRecords.of(broker.connection(), topic));
    }

    private <T extends AutoCloseable> T closing(T opened) {
        closing.add(opened);
        return opened;
    }

    private HttpServer closing(HttpServer page) {
        page.createContext("/", exchange -> {
            byte[] body = "<html>camera settings</html>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        page.start();
        closing.add(() -> page.stop(0));
        return page;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<String> ingestThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ingest-"))
                .toList();
    }
}
