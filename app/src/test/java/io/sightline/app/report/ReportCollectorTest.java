package io.sightline.app.report;

import static io.sightline.app.report.RunFixtures.EPOCH;
import static io.sightline.app.report.RunFixtures.LOBBY;
import static io.sightline.app.report.RunFixtures.frame;
import static io.sightline.app.report.RunFixtures.known;
import static io.sightline.app.report.RunFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.app.embedded.BrokerSpec;
import io.sightline.app.embedded.InProcessBroker;
import io.sightline.app.report.sheet.FrameSampler;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.streams.KafkaConnection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, in this JVM. */
class ReportCollectorTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ReportedModels MODELS =
            new ReportedModels(ReportedModel.of("d", "", "", ""), Optional.empty(), ReportedModel.of("e", "", "", ""));
    private static final Clock CLOCK =
            Clock.fixed(Instant.EPOCH.plus(RunFixtures.receivedAt(10), ChronoUnit.MICROS), ZoneOffset.UTC);

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static InProcessBroker broker;
    private static KafkaConnection kafka;

    @BeforeAll
    static void startBroker() {
        broker = InProcessBroker.start(BrokerSpec.in(folder));
        kafka = KafkaConnection.to(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void emptyTopics() throws Exception {
        List<Topic<?>> topics =
                List.of(Topics.FRAMES, Topics.IDENTITIES, Topics.SIGHTINGS, Topics.LEDGER, Topics.CAMERAS);
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            Set<String> there = admin.listTopics().names().get();
            admin.createTopics(topics.stream()
                            .filter(topic -> !there.contains(topic.name()))
                            .map(topic -> new NewTopic(topic.name(), 2, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @Test
    void whatIsProducedAfterTheStartIsReported() throws Exception {
        send(Topics.IDENTITIES, frame(LOBBY, 9, known("Earlier", 0.7)));
        try (ReportCollector collector = ReportCollector.start(kafka, RunFixtures.spec(), CLOCK)) {
            send(Topics.IDENTITIES, frame(LOBBY, 0, known("Ada", 0.7)));
            sendBytes(Topics.IDENTITIES, new byte[] {1, 2, 3});
            send(Topics.SIGHTINGS, sighting("s1", "opened", "Ada", 0, 0));
            send(Topics.SIGHTINGS, sighting("s1", "closed", "Ada", 0, 1));
            send(Topics.IDENTITIES, frame(LOBBY, 1, known("Ada", 0.8)));

            assertThat(collector.awaitSettled(() -> Map.of(LOBBY, 2L), LIMIT)).isTrue();
            assertThat(collector.awaitSightingsClosed(LIMIT)).isTrue();
            Report report = collector.report(Map.of(LOBBY, 2L), MODELS);

            assertThat(report.settled()).isEqualTo(2);
            assertThat(report.unaccounted()).isZero();
            assertThat(report.latency().orElseThrow().frames()).isEqualTo(2);
            assertThat(collector.snapshot().unreadable()).isEqualTo(1);
        }
    }

    @Test
    void recordsOfAnAbortedTransactionAreNotSeen() throws Exception {
        try (ReportCollector collector = ReportCollector.start(kafka, RunFixtures.spec(), CLOCK);
                KafkaProducer<String, byte[]> producer =
                        producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "t1"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(Topics.IDENTITIES, Topics.IDENTITIES.codec().encode(frame(LOBBY, 0))))
                    .get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(record(Topics.IDENTITIES, Topics.IDENTITIES.codec().encode(frame(LOBBY, 1))))
                    .get();
            producer.commitTransaction();

            assertThat(collector.awaitSettled(() -> Map.of(LOBBY, 1L), LIMIT)).isTrue();
            assertThat(collector.report(Map.of(LOBBY, 2L), MODELS).unaccounted())
                    .isEqualTo(1);
        }
    }

    @Test
    void framesThatNeverComeEndTheWait() {
        try (ReportCollector collector = ReportCollector.start(kafka, RunFixtures.spec(), CLOCK)) {
            assertThat(collector.awaitSettled(() -> Map.of(LOBBY, 1L), Duration.ofMillis(1)))
                    .isFalse();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("report-collector"));
    }

    @Test
    void missingTopicIsToldAtTheStart() {
        Topic<?> absent = new Topic<>(
                "absent", Topics.LEDGER.codec(), Duration.ZERO, false, io.sightline.contracts.ledger.LedgerEntry.class);

        assertThatThrownBy(() -> TopicReader.start(
                        new ReaderSpec("reader", List.of(absent), ReaderSpec.From.BEGINNING), kafka, record -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("topic sightline.absent.v1 is missing: create it with 'sightline topics create'");
    }

    @Test
    void samplerJoinsPicturesWithIdentities() throws Exception {
        try (FrameSampler sampler = FrameSampler.start(kafka, Set.of(LOBBY), EPOCH);
                ReportCollector collector = ReportCollector.start(kafka, RunFixtures.spec(), CLOCK)) {
            send(Topics.FRAMES, picture(new CameraId("cellar")));
            send(Topics.FRAMES, picture(LOBBY));
            sendBytes(Topics.FRAMES, new byte[] {9});
            send(Topics.IDENTITIES, frame(LOBBY, 0, known("Ada", 0.7)));

            assertThat(collector.awaitSettled(() -> Map.of(LOBBY, 1L), LIMIT)).isTrue();
            assertThat(collector.awaitSettled(
                            () -> sampler.pick(16).isEmpty() ? Map.of(LOBBY, Long.MAX_VALUE) : Map.of(), LIMIT))
                    .isTrue();
            assertThat(sampler.pick(16).get(0).picture().sizeBytes()).isEqualTo(5);
        }
    }

    private static Frame picture(CameraId camera) {
        long at = RunFixtures.receivedAt(0);
        FrameTimes times = FrameTimes.received(at, TimeSource.ARRIVAL, at);
        return new Frame(
                FrameHeader.open(new FrameId(camera, EPOCH, 0), times, 480, 270),
                Jpeg.adopt(new byte[] {1, 2, 3, 4, 5}));
    }

    private static <V> void send(Topic<V> topic, V message) throws Exception {
        sendBytes(topic, topic.codec().encode(message));
    }

    private static void sendBytes(Topic<?> topic, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            producer.send(record(topic, value)).get();
        }
    }

    private static ProducerRecord<String, byte[]> record(Topic<?> topic, byte[] value) {
        return new ProducerRecord<>(topic.name(), LOBBY.value(), value);
    }

    private static KafkaProducer<String, byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.putAll(more);
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }
}
