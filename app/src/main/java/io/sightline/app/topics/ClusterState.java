package io.sightline.app.topics;

import java.util.Map;

/**
 * What a cluster has, as far as the plan asks.
 *
 * @param brokerSettings of one broker, by Kafka's names
 * @param topics by full name
 */
record ClusterState(int brokers, Map<String, String> brokerSettings, Map<String, ActualTopic> topics) {
    ClusterState {
        brokerSettings = Map.copyOf(brokerSettings);
        topics = Map.copyOf(topics);
    }

    /** One topic as it is; the settings by Kafka's names. */
    record ActualTopic(int partitions, int replicas, Map<String, String> settings) {
        ActualTopic {
            settings = Map.copyOf(settings);
        }
    }
}
