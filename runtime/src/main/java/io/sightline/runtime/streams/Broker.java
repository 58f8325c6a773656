package io.sightline.runtime.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka which topics are there. One thread. */
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

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
