package io.sightline.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.ledger.LedgerEntry;
import io.sightline.contracts.topic.Topics;
import io.sightline.tests.servers.TestBroker;
import io.sightline.tests.servers.TestRedis;
import io.sightline.tests.servers.TopicRecords;
import io.sightline.tests.servers.Waiting;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
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
 * Several workers of each stage, each a process of its own started from its image's bundle, share the cameras: every frame is settled
 * once, also when workers are killed meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 360, unit = TimeUnit.SECONDS)
class ScaledApartIT {
    private static final int PARTITIONS = 4;
    private static final int CAMERAS = 12;
    private static final int FRAMES = 25;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final long EPOCH = 1;

    @TempDir
    static Path folder;

    private final List<BundledRole> workers = new ArrayList<>();
    private final Map<String, Path> bundles = new HashMap<>();
    private TestBroker broker;
    private TestRedis redis;

    @SuppressWarnings("NullAway.Init") // BeforeAll sets the servers
    ScaledApartIT() {}

    @BeforeAll
    void startServers() throws IOException {
        for (String role : List.of("detect", "embed", "match")) {
            bundles.put(role, BundledRole.bundle(role, folder.resolve(role)));
        }
        broker = TestBroker.withTopics(folder, PARTITIONS);
        redis = TestRedis.in(folder);
        Files.writeString(folder.resolve("password"), redis.password().reveal());
    }

    @AfterAll
    void stopAll() {
        workers.stream().filter(BundledRole::isAlive).forEach(BundledRole::close);
        redis.close();
        broker.close();
    }

    @Test
    void workersOfAStageShareTheCamerasAndTakeOverFromTheKilled() throws Exception {
        BundledRole detect = start("detect", "a");
        start("detect", "b");
        start("embed", "a");
        start("embed", "b");
        BundledRole match = start("match", "a");
        start("match", "b");
        for (String stage : List.of("detect", "embed", "match")) {
            awaitShared(stage, 2);
        }

        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            send(producer, 0);
            awaitSettled(FRAMES);

            detect.kill();
            match.kill();
            send(producer, FRAMES);
        }
        awaitSettled(2 * FRAMES);

        assertEveryFrameIsSettledOnce(2 * FRAMES);
        awaitShared("detect", 1);
        awaitShared("match", 1);
        assertStagesScaleUpToThePartitions();
    }

    /** One thread a worker: the fourth worker still finds a partition, a fifth has none. */
    private void assertStagesScaleUpToThePartitions() throws IOException {
        start("embed", "c");
        start("embed", "d");
        assertThat(awaitShared("embed", PARTITIONS).values()).containsOnly(1);

        start("embed", "e");

        Map<String, Integer> shares = Waiting.forValue(
                "a fifth member of embed",
                SOON,
                () -> shares("embed"),
                now -> now.size() == PARTITIONS + 1 && sum(now) == PARTITIONS);
        assertThat(shares.values()).containsExactlyInAnyOrder(1, 1, 1, 1, 0);
    }

    private BundledRole start(String role, String instance) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--kafka",
                broker.connection().bootstrapServers(),
                "--set",
                "detect.max-age-ms=0",
                "--set",
                "embed.max-age-ms=0",
                "--set",
                "workers.detect-threads=1"));
        Map<String, String> environment = new HashMap<>();
        if (role.equals("match")) {
            arguments.addAll(List.of("--redis", redis.url()));
            environment.put("SIGHTLINE_REDIS_PASSWORD", "file:" + folder.resolve("password"));
        }
        BundledRole started = BundledRole.start(
                Chart.present(bundles.get(role), "bundle of " + role), role, instance, arguments, environment);
        workers.add(started);
        return started;
    }

    /** Waits until so many workers have all partitions among them, each some; gives partitions by worker. */
    private Map<String, Integer> awaitShared(String stage, int among) {
        return Waiting.forValue(
                stage + " to be shared by " + among,
                SOON,
                () -> shares(stage),
                shares -> shares.size() == among && !shares.containsValue(0) && sum(shares) == PARTITIONS);
    }

    private static int sum(Map<String, Integer> shares) {
        return shares.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Map<String, Integer> shares(String stage) {
        String group = "sightline-" + stage;
        Map<String, Integer> shares = new TreeMap<>();
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            for (MemberDescription member :
                    admin.describeConsumerGroups(List.of(group)).all().get(10, TimeUnit.SECONDS).values().stream()
                            .flatMap(described -> described.members().stream())
                            .toList()) {
                // sightline-detect-a-1: the instance, then the thread
                String worker = member.groupInstanceId().orElse("?").replaceAll("-\\d+$", "");
                shares.merge(worker, member.assignment().topicPartitions().size(), Integer::sum);
            }
            return shares;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            return Map.of("none yet: " + e.getMessage(), 0);
        }
    }

    private void awaitSettled(int framesOfEach) {
        try (TopicRecords<Identities> identities = TopicRecords.of(broker.connection(), Topics.IDENTITIES)) {
            Waiting.until(
                    CAMERAS * framesOfEach + " settled frames",
                    SOON,
                    () -> settled(identities.poll()).values().stream()
                                    .mapToInt(List::size)
                                    .sum()
                            >= CAMERAS * framesOfEach,
                    () -> counts(settled(identities))
                            + workers.stream().map(BundledRole::said).toList().toString());
        }
    }

    private void assertEveryFrameIsSettledOnce(int framesOfEach) {
        try (TopicRecords<Identities> identities = TopicRecords.of(broker.connection(), Topics.IDENTITIES);
                TopicRecords<LedgerEntry> ledgers = TopicRecords.of(broker.connection(), Topics.LEDGER)) {
            Map<String, List<Long>> settled = settled(identities.pollToEnd());

            assertThat(settled).hasSize(CAMERAS);
            settled.forEach((camera, seqs) -> assertThat(seqs)
                    .as(camera)
                    .containsExactlyElementsOf(
                            LongStream.range(0, framesOfEach).boxed().toList()));
            assertThat(identities.values())
                    .allSatisfy(frame -> assertThat(frame.outcome()).isEqualTo("no_face"));
            IntStream.range(0, CAMERAS).mapToObj(ScaledApartIT::camera).forEach(camera -> {
                LedgerEntry last = Waiting.forValue(
                                "the ledger of " + camera,
                                SOON,
                                () -> ledgers.poll().last(camera.value()),
                                entry -> entry.filter(ledger -> ledger.nextSeq() == framesOfEach)
                                        .isPresent())
                        .orElseThrow();
                assertThat(last.unaccounted()).as("%s", last).isZero();
                assertThat(last.outcomes()).containsEntry("no_face", (long) framesOfEach);
                assertThat(last.outcomes().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isEqualTo(framesOfEach);
            });
        }
    }

    /** Seqs by camera, in the order of the topic. */
    private static Map<String, List<Long>> settled(TopicRecords<Identities> identities) {
        Map<String, List<Long>> settled = new TreeMap<>();
        for (Identities frame : identities.values()) {
            List<Long> seqs = settled.computeIfAbsent(frame.camera(), camera -> new ArrayList<>());
            LongStream.range(frame.seq(), frame.seq() + frame.frames()).forEach(seqs::add);
        }
        return settled;
    }

    private static Map<String, Integer> counts(Map<String, List<Long>> settled) {
        Map<String, Integer> counts = new TreeMap<>();
        settled.forEach((camera, seqs) -> counts.put(camera, seqs.size()));
        return counts;
    }

    private static CameraId camera(int number) {
        return new CameraId("hall-" + number);
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int fromSeq) throws Exception {
        byte[] picture = picture();
        for (int seq = fromSeq; seq < fromSeq + FRAMES; seq++) {
            for (int number = 0; number < CAMERAS; number++) {
                CameraId camera = camera(number);
                long now = Clock.systemUTC().millis() * 1_000;
                FrameHeader header = FrameHeader.open(
                        new FrameId(camera, EPOCH, seq), FrameTimes.received(now, TimeSource.ARRIVAL, now), 320, 240);
                producer.send(new ProducerRecord<>(
                                Topics.FRAMES.name(),
                                camera.value().getBytes(StandardCharsets.UTF_8),
                                Topics.FRAMES.codec().encode(new Frame(header, Jpeg.adopt(picture)))))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                broker.connection().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A grey JPEG without anybody. */
    private static byte[] picture() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR), "jpg", out);
        return out.toByteArray();
    }
}
