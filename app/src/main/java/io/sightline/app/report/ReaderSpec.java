package io.sightline.app.report;

import io.sightline.contracts.topic.Topic;
import java.util.List;
import java.util.Map;

/**
 * What a {@link TopicReader} reads.
 *
 * @param name of its thread and its Kafka client: {@code report-collector}
 * @param topics all their partitions are read, without a consumer group
 * @param from where each partition is begun
 * @param tuning consumer properties on top of the connection's
 */
public record ReaderSpec(String name, List<Topic<?>> topics, From from, Map<String, String> tuning) {
    /** Where to begin. */
    public enum From {
        /** At the oldest record kept. */
        BEGINNING,
        /** After the last record there is. */
        END
    }

    public ReaderSpec {
        topics = List.copyOf(topics);
        tuning = Map.copyOf(tuning);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("reader " + name + " without a topic");
        }
    }

    public ReaderSpec(String name, List<Topic<?>> topics, From from) {
        this(name, topics, from, Map.of());
    }
}
