package io.sightline.tests.boards;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.demo.DemoPlan;
import io.sightline.app.demo.DemoStills;
import io.sightline.app.enrol.PersonPhotos;
import io.sightline.app.enrol.Photo;
import io.sightline.app.pipeline.AllInOne;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.topic.Topics;
import io.sightline.ingest.CameraSource;
import io.sightline.ingest.CameraSpec;
import io.sightline.ingest.CaptureSettings;
import io.sightline.ingest.FilePlay;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.tests.servers.PrometheusServer;
import io.sightline.tests.servers.RtspServer;
import io.sightline.tests.servers.RtspSpec;
import io.sightline.tests.servers.TestBroker;
import io.sightline.tests.servers.TestClips;
import io.sightline.tests.servers.TestClips.Codec;
import io.sightline.tests.servers.TestRedis;
import io.sightline.tests.servers.TestSettings;
import io.sightline.tests.servers.TraceCollector;
import io.sightline.tests.servers.Waiting;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every expression of every board, asked of a real Prometheus that scrapes the running system under load. What does not happen by itself is
 * made to happen: a refused camera, a record that is no message.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class BoardsIT {
    private static final Duration SOON = Duration.ofSeconds(100);
    private static final Duration SHOWN = Duration.ofSeconds(60);
    private static final int RATE_SECONDS = 10;
    private static final double FPS = 6;

    /** What this machine and these servers cannot give, and why. */
    private static final Map<SightlineMeter, String> NOT_HERE = Map.of(
            SightlineMeter.GPU_UTILISATION, "needs a GPU",
            SightlineMeter.GPU_MEMORY_USED, "needs a GPU",
            SightlineMeter.GPU_MEMORY_TOTAL, "needs a GPU",
            SightlineMeter.GPU_TEMPERATURE, "needs a GPU",
            SightlineMeter.GPU_POWER, "needs a GPU",
            SightlineMeter.GPU_THROTTLED, "needs a GPU",
            SightlineMeter.CERTIFICATE_EXPIRY, "broker and Redis speak without TLS here");

    @TempDir
    static Path folder;

    private TestBroker broker;
    private TestRedis redis;
    private TraceCollector collector;
    private AllInOne system;
    private RtspServer guest;
    private PrometheusServer prometheus;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @BeforeAll
    void startEverything() throws Exception {
        broker = opened(TestBroker.withTopics(folder, 2));
        redis = opened(TestRedis.in(folder));
        collector = opened(TraceCollector.start());
        int port = freePort();
        SightlineSettings settings = settings(port);
        system = opened(AllInOne.start(settings, Home.ofEnvironment(System.getenv()), folder.resolve("data")));
        for (DemoStills.Still still :
                DemoStills.take(TestClips.demoFile(), DemoPlan.standard().people(), Clock.systemUTC())) {
            system.enrolmentDesk()
                    .person(new PersonPhotos(
                            still.name(),
                            List.of(Photo.of("still", still.picture().bytes()))));
        }
        prometheus = opened(PrometheusServer.start(
                folder,
                Map.of("sightline", "127.0.0.1:" + port),
                List.of(RuleFiles.PROMETHEUS.resolve("rules.yml"), RuleFiles.PROMETHEUS.resolve("alerts.yml"))));
        Waiting.until("a scrape", SOON, () -> !prometheus.query("up == 1").isEmpty(), prometheus::targets);
        guest = opened(RtspServer.start(RtspSpec.of(TestClips.demo(Codec.H264, 84, 8))));
        opened(system.startIngest(cameras(settings.ingest().capture().withFps(FPS))));
        sendForeignRecords();
    }

    private SightlineSettings settings(int opsPort) throws Exception {
        return TestSettings.of(
                broker,
                redis,
                folder,
                Map.of(
                        "embed.batch-wait-ms",
                        "2",
                        "ingest.traced-share",
                        "1",
                        "tracing.endpoint",
                        collector.endpoint(),
                        "ops.port",
                        Integer.toString(opsPort)));
    }

    private List<CameraSpec> cameras(CaptureSettings capture) {
        CaptureSettings looping =
                capture.withFilePlay(new FilePlay(Duration.ZERO, FilePlay.Repeat.LOOP, FilePlay.Pace.LIVE));
        return List.of(
                new CameraSpec(new CameraId("guest"), CameraSource.parse(guest.url()), capture),
                new CameraSpec(new CameraId("pattern"), CameraSource.of(TestClips.patternFile(4)), looping),
                new CameraSpec(new CameraId("refused"), CameraSource.parse("rtsp://127.0.0.1:9/nobody"), capture));
    }

    /** One that is no message, and one that is of a frame but not of ours. */
    private void sendForeignRecords() throws Exception {
        Map<String, Object> properties = broker.connection().clientProperties();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = "odd".getBytes(StandardCharsets.UTF_8);
            byte[] garbage = "not a message".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(Topics.FRAMES.name(), key, garbage))
                    .get(30, TimeUnit.SECONDS);
            ProducerRecord<byte[], byte[]> ofAFrame = new ProducerRecord<>(Topics.FRAMES.name(), key, garbage);
            ofAFrame.headers().add(Topics.FRAME_ID_HEADER, "odd/1/0".getBytes(StandardCharsets.UTF_8));
            producer.send(ofAFrame).get(30, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    void stopEverything() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    /** Closed again in the reverse order, also where a later one could not be opened: a broker whose folder goes first ends the JVM. */
    private <T extends AutoCloseable> T opened(T one) {
        opened.push(one);
        return one;
    }

    @Test
    void everyExpressionOfEveryBoardReturnsData() {
        List<Asked> asked = new ArrayList<>();
        for (Board board : Boards.all()) {
            for (Panel panel : board.panels()) {
                panel.queries().stream()
                        .filter(query -> !isExcused(query.expression()))
                        .forEach(query -> asked.add(new Asked(
                                board.name() + " / " + panel.title(),
                                Expressions.filledIn(query.expression(), RATE_SECONDS))));
            }
        }
        assertThat(asked).hasSizeGreaterThan(100);

        List<Asked> missing = new ArrayList<>(asked);
        Waiting.until(
                "data for every expression",
                SOON,
                () -> {
                    missing.removeIf(one -> Expressions.hasNumbers(prometheus.queryRange(one.expression(), SHOWN)));
                    return missing.isEmpty();
                },
                () -> missing);
    }

    @Test
    void everyVariableHasItsValues() {
        for (Board.Variable variable : Board.Variable.values()) {
            String values =
                    "count by (" + variable.label() + ") (" + variable.meter().prometheusName() + ")";
            Waiting.until(
                    "values of " + variable,
                    SOON,
                    () -> !prometheus.query(values).isEmpty(),
                    () -> prometheus.query(variable.meter().prometheusName()));
        }
        Waiting.until(
                "all cameras",
                SOON,
                () -> prometheus
                                .query("count by (camera) ("
                                        + Board.Variable.CAMERA.meter().prometheusName() + ")")
                                .size()
                        >= 3,
                () -> prometheus.query(Board.Variable.CAMERA.meter().prometheusName()));
    }

    /** A panel's title with its expression as it was asked. */
    private record Asked(String panel, String expression) {}

    /** Whether every metric that it asks for is one that cannot be here. */
    private static boolean isExcused(String expression) {
        Set<String> names = PromqlNames.in(expression);
        return names.stream()
                .allMatch(name -> NOT_HERE.keySet().stream()
                        .anyMatch(meter -> meter.prometheusName().equals(name)));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
