package io.sightline.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.streams.StreamsSpec.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a real broker. */
final class StreamsRoleTest {
    private static final long SWELLS = 77;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final PrometheusMeterRegistry registry = Meters.prometheus();

    @AfterEach
    void close() {
        registry.close();
    }

    private StageMeters meters() {
        return new StageMeters(registry, Stage.DETECT);
    }

    @Test
    void missingTopicsAreNamedUntilSomebodyCreatesThem() throws Exception {
        try (TestBroker broker = TestBroker.start(folder);
                StreamsRole role = StreamsRole.start(spec(broker), TestTopologies.relay(() -> {}), meters());
                TestClient client = new TestClient(broker.connection())) {
            TestClient.await(
                    () -> "the missing topics", () -> role.health().detail().contains("topics create"));
            assertThat(role.health().detail())
                    .isEqualTo(
                            "waits for topics sightline.dead-letters.v1, sightline.faces.v1, sightline.frames.v1: not"
                                    + " there; run 'sightline topics create'");
            assertThat(role.isReady()).isFalse();
            assertThat(role.health().isLive()).isTrue();
            assertThat(role.awaitReady(Duration.ofMillis(1))).isFalse();

            broker.createTopics(2);

            assertThat(role.awaitReady(PATIENCE)).as(role.health().detail()).isTrue();
            assertThat(role.health().detail()).isEqualTo("works on 2 partitions");
            client.send(Topics.FRAMES, "lobby", TestTopologies.encoded(1));
            assertThat(read(client, 1)).containsExactly(1L);
            assertThat(registry.scrape())
                    .contains("sightline_role_ready{stage=\"detect\"} 1.0")
                    .contains("kafka_consumer_fetch_manager_records_lag_max");
            assertThat(registry.scrape().lines().filter(line -> line.startsWith("kafka_")))
                    .hasSizeBetween(5, 60);
        }
    }

    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void aBrokerThatComesLateGoesAwayAndReturnsIsWaitedFor(Guarantee guarantee) throws Exception {
        TestBroker broker = TestBroker.absent(folder);
        try (StreamsRole role = StreamsRole.start(spec(broker, guarantee), TestTopologies.relay(() -> {}), meters())) {
            TestClient.await(() -> "the sentence", () -> role.health().detail().contains("Exception"));
            assertThat(role.health().detail())
                    .startsWith("waits for Kafka at " + broker.connection().bootstrapServers() + ": ");

            broker.start();
            broker.createTopics(1);
            assertThat(role.awaitReady(PATIENCE)).as(role.health().detail()).isTrue();
            sendAndRead(broker, 1, List.of(1L));

            broker.stop();
            TestClient.await(() -> "the loss to be seen", () -> !role.isReady());
            assertThat(role.health().isLive()).isTrue();
            assertThat(role.health().detail()).contains("waits for");

            broker.start();
            TestClient.await(() -> "ready again, but " + role.health().detail(), role::isReady);
            sendAndRead(broker, 2, List.of(1L, 2L));
            assertThat(role.failure()).isEmpty();
        } finally {
            broker.close();
        }
    }

    @Test
    void aRoleWhoseBrokerIsAwayClosesAllTheSame() throws Exception {
        TestBroker broker = TestBroker.start(folder);
        broker.createTopics(1);
        StreamsRole role = StreamsRole.start(spec(broker), TestTopologies.relay(() -> {}), meters());
        assertThat(role.awaitReady(PATIENCE)).as(role.health().detail()).isTrue();
        broker.stop();
        TestClient.await(() -> "the loss to be seen", () -> !role.isReady());

        role.close();

        TestClient.await(() -> "its threads to end", () -> liveThreads().isEmpty());
    }

    @Test
    void closingLeavesTheGroup() throws Exception {
        try (TestBroker broker = TestBroker.start(folder)) {
            broker.createTopics(1);
            try (StreamsRole role = StreamsRole.start(spec(broker), TestTopologies.relay(() -> {}), meters())) {
                assertThat(role.awaitReady(PATIENCE)).as(role.health().detail()).isTrue();
                assertThat(members(broker)).isEqualTo(1);
            }

            assertThat(members(broker)).isZero();
            assertThat(liveThreads()).isEmpty();
        }
    }

    @Test
    void aRecordOnWhichAProcessorThrowsBecomesADeadLetterAndTheNextGoesOn() throws Exception {
        AtomicBoolean fails = new AtomicBoolean(true);
        try (TestBroker broker = TestBroker.start(folder);
                TestClient client = new TestClient(broker.connection())) {
            broker.createTopics(1);
            client.send(Topics.FRAMES, "lobby", TestTopologies.encoded(1));
            client.send(Topics.FRAMES, "lobby", TestTopologies.encoded(2));
            try (StreamsRole role = StreamsRole.start(
                    spec(broker),
                    TestTopologies.relay(() -> {
                        if (fails.getAndSet(false)) {
                            throw new IllegalStateException("a bug; see http://u:canary@host");
                        }
                    }),
                    meters())) {
                DeadLetter letter = client.read(Topics.DEAD_LETTERS, 1).get(0);
                assertThat(letter.stage()).isEqualTo(Stage.DETECT);
                assertThat(letter.topic()).isEqualTo(Topics.FRAMES.name());
                assertThat(letter.offset()).isZero();
                assertThat(letter.detail()).isEqualTo("IllegalStateException: a bug; see http://***@host");
                assertThat(letter.value().get()).isEqualTo(TestTopologies.encoded(1));
                assertThat(read(client, 1)).containsExactly(2L);
                assertThat(role.failure()).isEmpty();
            }
        }
    }

    @Test
    void aThreadThatDiesIsReplacedAndItsRecordComesAgain() throws Exception {
        AtomicBoolean dies = new AtomicBoolean(true);
        try (TestBroker broker = TestBroker.start(folder);
                TestClient client = new TestClient(broker.connection())) {
            broker.createTopics(1);
            client.send(Topics.FRAMES, "lobby", TestTopologies.encoded(1));
            try (StreamsRole role = StreamsRole.start(
                    spec(broker),
                    TestTopologies.relay(() -> {
                        if (dies.getAndSet(false)) {
                            throw new AssertionError("broken");
                        }
                    }),
                    meters())) {
                assertThat(read(client, 1)).containsExactly(1L);
                assertThat(role.awaitReady(PATIENCE)).as(role.health().detail()).isTrue();
                assertThat(role.health().detail())
                        .isEqualTo("works on 1 partitions; a thread died: AssertionError: broken");
                assertThat(registry.scrape()).contains("sightline_role_thread_deaths_total{stage=\"detect\"} 1.0");
            }
        }
    }

    /** The producer's own refusal first, then that of the serializer, which alone leaves a transaction whole. */
    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void aRecordThatIsTooLargeIsGivenUpAndTheNextGoesOn(Guarantee guarantee) throws Exception {
        Serializer<byte[]> serializer =
                guarantee == Guarantee.AT_LEAST_ONCE ? new ByteArraySerializer() : new BoundedBytesSerializer();
        Topology topology = TestTopologies.relay(StreamsRoleTest::swollen, serializer);
        try (TestBroker broker = TestBroker.start(folder);
                TestClient client = new TestClient(broker.connection())) {
            broker.createTopics(1);
            client.send(Topics.FRAMES, "lobby", TestTopologies.encoded(SWELLS));
            client.send(Topics.FRAMES, "lobby", TestTopologies.encoded(2));
            try (StreamsRole role = StreamsRole.start(spec(broker, guarantee), topology, meters())) {
                assertThat(read(client, 1)).containsExactly(2L);
                assertThat(role.awaitReady(PATIENCE)).as(role.health().detail()).isTrue();
                assertThat(registry.scrape())
                        .contains("sightline_send_failures_total{cause=\"refused\",stage=\"detect\"} 1.0")
                        .contains("sightline_role_thread_deaths_total{stage=\"detect\"} 0.0");
            }
        }
    }

    @Test
    void storesAreInMemoryAndComeBackAfterARestartExactlyOnce() throws Exception {
        try (TestBroker broker = TestBroker.start(folder);
                TestClient client = new TestClient(broker.connection())) {
            broker.createTopics(1);
            for (int life = 0; life < 2; life++) {
                try (StreamsRole role =
                        StreamsRole.start(spec(broker, Guarantee.EXACTLY_ONCE), TestTopologies.counting(), meters())) {
                    assertThat(role.awaitReady(PATIENCE))
                            .as(role.health().detail())
                            .isTrue();
                    client.send(Topics.FRAMES, "lobby", TestTopologies.encoded(9));
                    client.send(Topics.FRAMES, "lobby", TestTopologies.encoded(9));
                    read(client, 2 * life + 2);
                }
            }

            assertThat(read(client, 4)).containsExactly(0L, 1L, 2L, 3L);
        }
    }

    @Test
    void sourcesThatMeetMustHaveAsManyPartitions() {
        TopicNeeds needs = TopicNeeds.of(
                new Topology().addSource("a", "a").addSource("b", "b").addSink("out", "c", "a", "b"));

        assertThat(needs.unmet(Map.of("a", 2, "b", 2, "c", 1))).isEmpty();
        assertThat(needs.unmet(Map.of("a", 2, "b", 3, "c", 1)))
                .hasValue(
                        "topics with as many partitions as each other, but they have {a=2, b=3}; see 'sightline topics"
                                + " check'");
        assertThat(needs.unmet(Map.of("a", 2, "b", 2))).hasValue("topic c: not there; run 'sightline topics create'");
    }

    private void sendAndRead(TestBroker broker, long seq, List<Long> all) throws Exception {
        try (TestClient client = new TestClient(broker.connection())) {
            client.send(Topics.FRAMES, "lobby", TestTopologies.encoded(seq));
            assertThat(read(client, all.size())).containsExactlyElementsOf(all);
        }
    }

    /** The seqs that went out to {@code faces}. */
    private static List<Long> read(TestClient client, int least) {
        Topic<Frame> out = new Topic<>("faces", Topics.FRAMES.codec(), Duration.ofMinutes(1), true, Frame.class);
        return client.read(out, least).stream()
                .map(frame -> frame.header().id().seq())
                .toList();
    }

    private StreamsSpec spec(TestBroker broker) {
        return spec(broker, Guarantee.AT_LEAST_ONCE);
    }

    private StreamsSpec spec(TestBroker broker, Guarantee guarantee) {
        return new StreamsSpec(
                "sightline-detect",
                broker.connection(),
                guarantee,
                1,
                Duration.ofMillis(25),
                folder.resolve("state"),
                "one");
    }

    private static List<String> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sightline-detect"))
                .toList();
    }

    private static int members(TestBroker broker) throws Exception {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            return admin.describeConsumerGroups(List.of("sightline-detect")).all().get().values().stream()
                    .mapToInt(group -> group.members().size())
                    .sum();
        }
    }

    private static byte[] swollen(byte[] value) {
        boolean swells = Topics.FRAMES.codec().decode(value).header().id().seq() == SWELLS;
        return swells ? new byte[Topic.MAX_RECORD_BYTES + 1] : value;
    }
}
