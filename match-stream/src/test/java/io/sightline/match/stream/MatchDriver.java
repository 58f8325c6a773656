package io.sightline.match.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.ledger.LedgerEntry;
import io.sightline.contracts.ledger.Settled;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.match.Fixtures;
import io.sightline.match.ManualClock;
import io.sightline.match.MatchSettings;
import io.sightline.match.MatchStage;
import io.sightline.match.gallery.GallerySnapshot;
import io.sightline.match.picture.PictureStore;
import io.sightline.match.picture.SightingPicture;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.trace.FrameTraces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The stage's topology without a broker, a gallery to set, and all that it wrote. */
final class MatchDriver implements AutoCloseable {
    static final String APPLICATION = "match-test";

    final ManualClock clock = new ManualClock(Fixtures.NOON);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final List<SightingPicture> pictures = new ArrayList<>();
    private GallerySnapshot gallery = Fixtures.GALLERY;
    private boolean takesPictures = true;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> embeddings;
    private final Map<String, List<byte[]>> written = new LinkedHashMap<>();

    MatchDriver() {
        this(MatchSettings.defaults());
    }

    MatchDriver(MatchSettings settings) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        driver = new TopologyTestDriver(topology(settings), config, Fixtures.NOON);
        embeddings =
                driver.createInputTopic(Topics.EMBEDDINGS.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Topology topology(MatchSettings settings) {
        PictureStore store = picture -> takesPictures && pictures.add(picture);
        return MatchStage.topology(
                settings,
                new MatchPorts(
                        () -> gallery,
                        store,
                        clock,
                        new StageMeters(registry, Stage.MATCH),
                        FrameTraces.none(registry)));
    }

    static String described() {
        return MatchStage.topology(
                        MatchSettings.defaults(),
                        new MatchPorts(
                                GallerySnapshot::empty,
                                PictureStore.none(),
                                new ManualClock(Fixtures.NOON),
                                new StageMeters(new SimpleMeterRegistry(), Stage.MATCH),
                                FrameTraces.none(new SimpleMeterRegistry())))
                .describe()
                .toString();
    }

    void enrolled(GallerySnapshot snapshot) {
        gallery = snapshot;
    }

    void refusesPictures() {
        takesPictures = false;
    }

    void send(Embeddings frame) {
        send(
                frame.header().id().camera().value(),
                Topics.EMBEDDINGS.codec().encode(frame),
                frame.header().id().toString());
    }

    void send(String camera, byte[] value, String frameId) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.FRAME_ID_HEADER, frameId.getBytes(UTF_8));
        embeddings.pipeInput(new TestRecord<>(camera.getBytes(UTF_8), value, headers, clock.instant()));
    }

    /** Lets both the clock and the punctuations go on. */
    void pass(Duration time) {
        Duration step = Duration.ofMillis(50);
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
            clock.advance(step);
            driver.advanceWallClockTime(step);
        }
    }

    List<Identities> identities() {
        return read(Topics.IDENTITIES);
    }

    Identities lastIdentities() {
        List<Identities> all = identities();
        return all.get(all.size() - 1);
    }

    List<Sighting> sightings() {
        return read(Topics.SIGHTINGS);
    }

    List<Settled> settled() {
        return read(Topics.SETTLED);
    }

    List<LedgerEntry> ledger() {
        return read(Topics.LEDGER);
    }

    LedgerEntry lastLedger() {
        List<LedgerEntry> all = ledger();
        return all.get(all.size() - 1);
    }

    List<DeadLetter> deadLetters() {
        return read(Topics.DEAD_LETTERS);
    }

    /** All records of a topic since the start. */
    private <V> List<V> read(Topic<V> topic) {
        List<byte[]> all = written.computeIfAbsent(topic.name(), name -> new ArrayList<>());
        TestOutputTopic<byte[], byte[]> out =
                driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        if (!out.isEmpty()) {
            out.readRecordsToList().forEach(record -> all.add(record.value()));
        }
        return all.stream().map(bytes -> topic.codec().decode(bytes)).toList();
    }

    /** What the changelog of a store holds: the last value of each key. */
    Map<String, byte[]> changelog(String store) {
        Map<String, byte[]> last = new LinkedHashMap<>();
        var out = driver.createOutputTopic(
                APPLICATION + "-" + store + "-changelog", new StringDeserializer(), new ByteArrayDeserializer());
        for (KeyValue<String, byte[]> entry : out.readKeyValuesToList()) {
            if (entry.value == null) {
                last.remove(entry.key);
            } else {
                last.put(entry.key, entry.value);
            }
        }
        return last;
    }

    /** What a restart does: fills the stores from another driver's changelogs. */
    void restoreFrom(MatchDriver other) {
        for (String store : List.of(MatchSupplier.LEDGERS, MatchSupplier.MEMORY)) {
            var target = driver.<String, byte[]>getKeyValueStore(store);
            other.changelog(store).forEach(target::put);
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
