package io.sightline.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.demo.DemoPlan;
import io.sightline.app.demo.DemoStills;
import io.sightline.app.enrol.PersonPhotos;
import io.sightline.app.enrol.Photo;
import io.sightline.app.enrol.PhotoReport;
import io.sightline.app.pipeline.AllInOne;
import io.sightline.app.pipeline.CameraRun;
import io.sightline.app.pipeline.CameraRun.End;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.app.pipeline.StopRequest;
import io.sightline.app.report.CameraReport;
import io.sightline.app.report.SightingLine;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.topic.Topics;
import io.sightline.ingest.CameraSource;
import io.sightline.ingest.CameraSpec;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.tests.servers.RtspServer;
import io.sightline.tests.servers.RtspSpec;
import io.sightline.tests.servers.TestBroker;
import io.sightline.tests.servers.TestClips;
import io.sightline.tests.servers.TestClips.Codec;
import io.sightline.tests.servers.TestRedis;
import io.sightline.tests.servers.TestSettings;
import io.sightline.tests.servers.TopicRecords;
import io.sightline.tests.servers.Waiting;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path on a real broker, a real Redis and real RTSP cameras: who is named, that every frame is accounted for, and what each
 * server's restart and every kind of foreign record does to that.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class PipelineIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final double FPS = 8;

    @TempDir
    static Path folder;

    private TestBroker broker;
    private TestRedis redis;
    private SightlineSettings settings;
    private AllInOne system;

    @BeforeAll
    void startEverything() throws Exception {
        broker = TestBroker.withTopics(folder, 4);
        redis = TestRedis.in(folder);
        settings = TestSettings.of(broker, redis, folder, Map.of("ingest.admission.target-latency-ms", "5000"));
        system = AllInOne.start(settings, Home.ofEnvironment(System.getenv()), folder.resolve("data"));
        for (DemoStills.Still still :
                DemoStills.take(TestClips.demoFile(), DemoPlan.standard().people(), Clock.systemUTC())) {
            List<PhotoReport> reports = system.enrolmentDesk()
                    .person(new PersonPhotos(
                            still.name(),
                            List.of(Photo.of("still", still.picture().bytes()))));
            assertThat(reports).extracting(PhotoReport::result).containsOnly(PhotoReport.Result.ACCEPTED);
        }
    }

    @AfterAll
    void stopEverything() {
        system.close();
        redis.close();
        broker.close();
    }

    @Test
    void camerasOfBothCodecsNameTheirPeopleAndNobodyElse() throws Exception {
        try (RtspServer guest = RtspServer.start(RtspSpec.of(TestClips.demo(Codec.H264, 84, 8)));
                RtspServer presenter = RtspServer.start(RtspSpec.of(TestClips.demo(Codec.H265, 30, 8)))) {
            CameraRun.Result result =
                    run(Duration.ofSeconds(16), camera("guest", guest.url()), camera("presenter", presenter.url()));

            assertThat(peopleSeen(result, "guest")).containsExactly("Guest");
            assertThat(peopleSeen(result, "presenter")).containsExactly("Presenter");
            assertEveryFrameAccountedFor(result);
            assertThat(result.report().frames(Outcome.REJECTED)).isZero();
            assertThat(result.report().latency()).isPresent();
        }
        assertEveryMeterIsFed();
    }

    /** But for those of hardware and servers that are not there, and of traces that nobody collects. */
    private void assertEveryMeterIsFed() {
        Set<SightlineMeter> absent = EnumSet.of(
                SightlineMeter.GPU_UTILISATION,
                SightlineMeter.GPU_MEMORY_USED,
                SightlineMeter.GPU_MEMORY_TOTAL,
                SightlineMeter.GPU_TEMPERATURE,
                SightlineMeter.GPU_POWER,
                SightlineMeter.GPU_THROTTLED,
                SightlineMeter.CERTIFICATE_EXPIRY,
                SightlineMeter.TRACES);

        assertThat(Arrays.stream(SightlineMeter.values())
                        .filter(meter -> system.registry()
                                .find(meter.meterName())
                                .meters()
                                .isEmpty()))
                .containsExactlyInAnyOrderElementsOf(absent);
    }

    @Test
    void gallerySurvivesARedisThatIsKilledWhileCamerasRun() throws Exception {
        try (RtspServer guest = RtspServer.start(RtspSpec.of(TestClips.demo(Codec.H264, 84, 8)))) {
            CompletableFuture<CameraRun.Result> running =
                    runAside(Duration.ofSeconds(20), camera("redis-gate", guest.url()));
            long before = awaitIdentified("redis-gate", 0);

            redis.kill();
            awaitIdentified("redis-gate", before);

            CameraRun.Result result = running.get(SOON.toSeconds() * 2, TimeUnit.SECONDS);
            assertThat(peopleSeen(result, "redis-gate")).containsExactly("Guest");
            assertEveryFrameAccountedFor(result);
        }
    }

    @Test
    void brokerThatGoesAndComesBackCostsFramesButNoneOfTheirAccounts() throws Exception {
        try (RtspServer guest = RtspServer.start(RtspSpec.of(TestClips.demo(Codec.H264, 84, 8)))) {
            CompletableFuture<CameraRun.Result> running =
                    runAside(Duration.ofSeconds(40), camera("broker-gate", guest.url()));
            long before = awaitIdentified("broker-gate", 0);

            broker.stop();
            broker.startAgain();
            awaitIdentified("broker-gate", before);

            CameraRun.Result result = running.get(SOON.toSeconds() * 2, TimeUnit.SECONDS);
            assertThat(peopleSeen(result, "broker-gate")).containsExactly("Guest");
            assertEveryFrameAccountedFor(result);
        }
    }

    @Test
    void recordsThatAreNotOursBecomeDeadLettersAndTheNextFrameIsSettled() throws Exception {
        byte[] garbage = "not a message".getBytes(StandardCharsets.UTF_8);
        byte[] key = "odd".getBytes(StandardCharsets.UTF_8);
        FrameId next = new FrameId(new CameraId("odd"), 1, 0);
        try (KafkaProducer<byte[], byte[]> producer = producer();
                TopicRecords<DeadLetter> letters = TopicRecords.of(broker.connection(), Topics.DEAD_LETTERS)) {
            int before = letters.pollToEnd().raw().size();

            for (String topic : List.of(Topics.FRAMES.name(), Topics.FACES.name(), Topics.EMBEDDINGS.name())) {
                send(producer, topic, key, garbage);
                send(producer, topic, null, garbage);
                send(producer, topic, key, null);
            }
            send(producer, Topics.FRAMES.name(), key, encoded(next, picture(64, 48)));

            assertThat(awaitIdentities(next).outcome()).isEqualTo("no_face");
            Waiting.until(
                    "nine dead letters",
                    SOON,
                    () -> letters.poll().raw().size() >= before + 9,
                    () -> letters.raw().size() - before);
            assertThat(letters.values()).extracting(DeadLetter::reason).contains("malformed");
        }
    }

    @Test
    void picturesOfEveryBadKindAreRejectedOneByOneAndTheOthersAreLookedAt() throws Exception {
        byte[] whole = picture(640, 480);
        List<byte[]> pictures = List.of(
                whole, Arrays.copyOf(whole, whole.length / 2), new byte[0], picture(1, 1), picture(8000, 6000), whole);
        List<String> outcomes = List.of("no_face", "rejected", "rejected", "no_face", "rejected", "no_face");
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int seq = 0; seq < pictures.size(); seq++) {
                FrameId id = new FrameId(new CameraId("bad-pictures"), 7, seq);
                send(
                        producer,
                        Topics.FRAMES.name(),
                        "bad-pictures".getBytes(StandardCharsets.UTF_8),
                        encoded(id, pictures.get(seq)));
            }

            for (int seq = 0; seq < pictures.size(); seq++) {
                FrameId id = new FrameId(new CameraId("bad-pictures"), 7, seq);
                assertThat(awaitIdentities(id).outcome()).as("picture %d", seq).isEqualTo(outcomes.get(seq));
            }
        }
    }

    private CameraRun.Result run(Duration time, CameraSpec... cameras) {
        return new CameraRun(system, StopRequest.manual())
                .run(new CameraRun.Spec(List.of(cameras), time, End.LIMIT, Duration.ofSeconds(5)));
    }

    private CompletableFuture<CameraRun.Result> runAside(Duration time, CameraSpec... cameras) {
        CompletableFuture<CameraRun.Result> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(run(time, cameras));
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "camera-run");
        thread.start();
        return result;
    }

    private CameraSpec camera(String id, String url) {
        return new CameraSpec(
                new CameraId(id),
                CameraSource.parse(url),
                settings.ingest().capture().withFps(FPS));
    }

    /** Waits until more than {@code moreThan} frames of the camera were identified; gives how many. */
    private long awaitIdentified(String camera, long moreThan) {
        try (TopicRecords<Identities> identities = TopicRecords.of(broker.connection(), Topics.IDENTITIES)) {
            return Waiting.forValue(
                    "an identified frame of " + camera,
                    SOON,
                    () -> identities.poll().of(camera).stream()
                            .filter(frame -> frame.outcome().equals("identified"))
                            .count(),
                    count -> count > moreThan);
        }
    }

    private Identities awaitIdentities(FrameId id) {
        try (TopicRecords<Identities> identities = TopicRecords.of(broker.connection(), Topics.IDENTITIES)) {
            return Waiting.forValue(
                            "identities of " + id,
                            SOON,
                            () -> identities.poll().of(id.camera().value()).stream()
                                    .filter(frame -> frame.epoch() == id.epoch() && frame.seq() == id.seq())
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
        }
    }

    private static Set<String> peopleSeen(CameraRun.Result result, String camera) {
        Set<String> people = new HashSet<>();
        for (SightingLine line : result.report().sightings()) {
            if (line.camera().value().equals(camera)) {
                line.person().ifPresent(people::add);
            }
        }
        return people;
    }

    private static void assertEveryFrameAccountedFor(CameraRun.Result result) {
        assertThat(result.unsettled()).isFalse();
        result.report().cameras().forEach((camera, account) -> {
            assertThat(account.unaccounted())
                    .as("unaccounted of %s: %s", camera, account)
                    .isZero();
            assertThat(account.captured()).as("captured of %s", camera).isPositive();
            assertThat(sum(account)).isEqualTo(account.captured());
        });
    }

    private static long sum(CameraReport account) {
        return account.outcomes().values().stream().mapToLong(Long::longValue).sum();
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> properties = broker.connection().clientProperties();
        properties.put("max.request.size", 8 << 20);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, byte @Nullable [] key, byte @Nullable [] value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
    }

    private static byte[] encoded(FrameId id, byte[] picture) {
        long now = Clock.systemUTC().millis() * 1_000;
        FrameTimes times = FrameTimes.received(now, TimeSource.ARRIVAL, now);
        return Topics.FRAMES.codec().encode(new Frame(FrameHeader.open(id, times, 640, 480), Jpeg.adopt(picture)));
    }

    /** A grey JPEG without anybody. */
    private static byte[] picture(int widthPx, int heightPx) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR), "jpg", out);
        return out.toByteArray();
    }
}
