package io.sightline.app.embedded;

import io.sightline.runtime.streams.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes and counts records of one topic with one partition. */
record Records(KafkaConnection kafka, String topic) {
    private static final int RECORD_BYTES = 64 * 1024;

    Records make() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        return this;
    }

    void write(int count) throws ExecutionException, InterruptedException {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put("max.request.size", 8 << 20);
        properties.put("delivery.timeout.ms", 20_000);
        properties.put("request.timeout.ms", 5_000);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            Future<RecordMetadata> last = producer.send(new ProducerRecord<>(topic, new byte[RECORD_BYTES]));
            for (int i = 1; i < count; i++) {
                last = producer.send(new ProducerRecord<>(topic, new byte[RECORD_BYTES]));
            }
            last.get();
        }
    }

    /** Offset behind the last record: how many were ever written. */
    long written() {
        try (var consumer = new KafkaConsumer<>(
                kafka.clientProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return end(consumer);
        }
    }

    private long end(KafkaConsumer<byte[], byte[]> consumer) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition), Duration.ofSeconds(20));
        return ends.getOrDefault(partition, -1L);
    }
}
