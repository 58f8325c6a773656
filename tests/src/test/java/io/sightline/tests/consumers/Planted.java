package io.sightline.tests.consumers;

import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.IdentifiedFace;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Receipt;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.streams.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Records beside those of Sightline: of other cameras, of later versions, of nobody. Each is on its topic when the call returns. */
final class Planted implements AutoCloseable {
    private static final int PARTITION = 0;

    private final KafkaConnection kafka;
    private final KafkaProducer<byte[], byte[]> producer;

    Planted(KafkaConnection kafka) {
        this.kafka = kafka;
        this.producer = producer(kafka, Map.of());
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaConnection kafka, Map<String, String> more) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.putAll(more);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void bytes(Topic<?> topic, byte @Nullable [] value) throws Exception {
        bytes(topic, PARTITION, value);
    }

    private void bytes(Topic<?> topic, int partition, byte @Nullable [] value) throws Exception {
        producer.send(record(topic, partition, value)).get(30, TimeUnit.SECONDS);
    }

    void json(Topic<?> topic, String value) throws Exception {
        bytes(topic, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A visit to this camera, and a frame with somebody recognised. */
    void visit(String camera) throws Exception {
        bytes(Topics.SIGHTINGS, sighting(camera));
        bytes(Topics.IDENTITIES, frame(camera));
    }

    /** A recognised frame at the end of each partition, of the cameras {@code camera-0} and so on. */
    void frameInEveryPartition(String camera) throws Exception {
        int partitions = producer.partitionsFor(Topics.IDENTITIES.name()).size();
        for (int partition = 0; partition < partitions; partition++) {
            bytes(Topics.IDENTITIES, partition, frame(camera + "-" + partition));
        }
    }

    /** The same as {@link #visit} in a transaction that is rolled back. */
    void rolledBackVisit(String camera) throws Exception {
        try (var transactional = producer(kafka, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "planted"))) {
            transactional.initTransactions();
            transactional.beginTransaction();
            transactional
                    .send(record(Topics.SIGHTINGS, PARTITION, sighting(camera)))
                    .get(30, TimeUnit.SECONDS);
            transactional
                    .send(record(Topics.IDENTITIES, PARTITION, frame(camera)))
                    .get(30, TimeUnit.SECONDS);
            transactional.abortTransaction();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Topic<?> topic, int partition, byte @Nullable [] value) {
        return new ProducerRecord<>(topic.name(), partition, null, value);
    }

    private static byte[] sighting(String camera) {
        return Topics.SIGHTINGS
                .codec()
                .encode(new Sighting(
                        "s-" + camera,
                        "opened",
                        camera,
                        Optional.of(person()),
                        Optional.empty(),
                        1,
                        0,
                        3,
                        1_000_000,
                        2_000_000,
                        4,
                        0.7,
                        0.8,
                        Optional.empty()));
    }

    private static byte[] frame(String camera) {
        Receipt receipt = new Receipt(0.7, 0.1, 0.4, 0.1, 3, "embedder", "1-0");
        List<Float> box = List.of(1f, 2f, 3f, 4f);
        List<Float> landmarks = List.of(1f, 1f, 2f, 1f, 1.5f, 2f, 1f, 3f, 2f, 3f);
        IdentifiedFace face = new IdentifiedFace(
                camera + "/1/0#0", box, landmarks, 0.9, 0.8, new Decision.Known(person(), receipt), Optional.empty());
        return Topics.IDENTITIES
                .codec()
                .encode(new Identities(
                        camera, 1, 0, 1, 1, "file", 1, 1, 1, 1, 1, 640, 480, "identified", "decided", List.of(face)));
    }

    private static Person person() {
        return new Person("p-planted", "Somebody");
    }

    @Override
    public void close() {
        producer.close();
    }
}
