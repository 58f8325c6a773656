package io.sightline.tests.servers;

import io.sightline.contracts.topic.Topic;
import io.sightline.runtime.streams.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * All records of one topic from its beginning, read committed, in the order of each partition. {@link #poll} adds what has come since.
 * One thread.
 */
public final class TopicRecords<V> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SHORT_POLL = Duration.ofMillis(10);
    private static final Duration TO_END = Duration.ofSeconds(60);

    private final Topic<V> topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    private TopicRecords(Topic<V> topic, KafkaConsumer<String, byte[]> consumer) {
        this.topic = topic;
        this.consumer = consumer;
    }

    public static <V> TopicRecords<V> of(KafkaConnection kafka, Topic<V> topic) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "test-" + topic.shortName());
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * Topic.MAX_RECORD_BYTES);
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new TopicRecords<>(topic, consumer);
    }

    /** Adds what has come, perhaps not all that is there: for conditions that are waited for; returns this. */
    public TopicRecords<V> poll() {
        var batch = consumer.poll(POLL);
        while (!batch.isEmpty()) {
            batch.forEach(records::add);
            batch = consumer.poll(SHORT_POLL);
        }
        return this;
    }

    /** Adds all that is there at this moment, however busy the broker is; returns this. */
    public TopicRecords<V> pollToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        Waiting.until(
                "the end of " + topic,
                TO_END,
                () -> {
                    consumer.poll(POLL).forEach(records::add);
                    return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                },
                () -> records.size() + " records; partitions end at " + ends);
        return this;
    }

    /** All so far, decoded; an undecodable one throws. */
    public List<V> values() {
        return records.stream().map(this::decode).toList();
    }

    /** Of one camera, decoded. */
    public List<V> of(String key) {
        return records.stream()
                .filter(record -> key.equals(record.key()))
                .map(this::decode)
                .toList();
    }

    /** As they lie on the topic. */
    public List<ConsumerRecord<String, byte[]>> raw() {
        return List.copyOf(records);
    }

    /** The newest of one key. */
    public Optional<V> last(String key) {
        List<V> all = of(key);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private V decode(ConsumerRecord<String, byte[]> record) {
        return topic.codec().decode(record.value());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
