package io.sightline.runtime.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka which topics are there, and how far they go. One thread. */
final class Broker implements AutoCloseable {
    private static final int ASK_TIMEOUT_MS = 5_000;

    private final Admin admin;

    private Broker(Admin admin) {
        this.admin = admin;
    }

    /** Connects in the background; throws {@link KafkaException} for settings that cannot be. */
    static Broker open(KafkaConnection kafka, String clientId) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ASK_TIMEOUT_MS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ASK_TIMEOUT_MS);
        return new Broker(Admin.create(properties));
    }

    /** The number of partitions of those topics that are there. Throws {@link KafkaException} when Kafka does not answer. */
    Map<String, Integer> partitions(Set<String> topics) throws InterruptedException {
        Map<String, Integer> partitions = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                partitions.put(
                        topic.getKey(),
                        topic.getValue()
                                .get(2L * ASK_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                                .partitions()
                                .size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new KafkaException(DeadLetters.sentence(e.getCause() == null ? e : e.getCause()), e);
                }
            } catch (TimeoutException e) {
                throw new KafkaException("no answer", e);
            }
        }
        return partitions;
    }

    /** The offset after each partition's last record. Throws {@link KafkaException} when Kafka does not answer. */
    Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) throws InterruptedException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer(admin.listOffsets(partitions.stream()
                                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** Where a group stands, of partitions where it does. Throws {@link KafkaException} when Kafka does not answer. */
    Map<TopicPartition, Long> committed(String group) throws InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, place) -> {
                    if (place != null) {
                        committed.put(partition, place.offset());
                    }
                });
        return committed;
    }

    private static <T> T answer(KafkaFuture<T> asked) throws InterruptedException {
        try {
            return asked.get(2L * ASK_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(DeadLetters.sentence(e.getCause() == null ? e : e.getCause()), e);
        } catch (TimeoutException e) {
            throw new KafkaException("no answer", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
