package io.sightline.app.topics;

import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the topics should be.
 *
 * @param partitions of every topic that is partitioned as frames; the others have one. More partitions let more stage
 *     instances share the cameras
 * @param replicas copies of each record
 * @param minInSyncReplicas copies that must be written before a record counts as written
 */
public record TopicPlan(int partitions, int replicas, int minInSyncReplicas) {
    private static final Duration SHORTEST_ROLL = Duration.ofMinutes(1);
    private static final Duration LONGEST_ROLL = Duration.ofDays(1);
    private static final int MAX_PARTITIONS = 1_000;
    private static final int ROLLS_PER_RETENTION = 10;

    public TopicPlan {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    "topics: " + partitions + " partitions; allowed are 1–" + MAX_PARTITIONS);
        }
        if (replicas < 1 || replicas > Short.MAX_VALUE) {
            throw new IllegalArgumentException("topics: " + replicas + " replicas; at least 1");
        }
        if (minInSyncReplicas < 1 || minInSyncReplicas > replicas) {
            throw new IllegalArgumentException("topics: " + minInSyncReplicas + " replicas in sync of " + replicas
                    + "; allowed are 1–" + replicas);
        }
    }

    /** Of the embedded broker: one replica. */
    public static TopicPlan embedded(int partitions) {
        return new TopicPlan(partitions, 1, 1);
    }

    /** With this many replicas, all but one in sync: one broker may be away. */
    public static TopicPlan of(int partitions, int replicas) {
        return new TopicPlan(partitions, replicas, Math.max(1, replicas - 1));
    }

    public List<Topic<?>> topics() {
        return Topics.all();
    }

    public int partitionsOf(Topic<?> topic) {
        return topic.isPartitionedAsFrames() ? partitions : 1;
    }

    /** Kafka's settings of one topic, by their names. */
    public Map<String, String> settingsOf(Topic<?> topic) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cleanup.policy", topic.isCompacted() ? "compact" : "delete");
        if (!topic.isCompacted()) {
            settings.put("retention.ms", Long.toString(topic.retention().toMillis()));
        }
        settings.put("max.message.bytes", Integer.toString(Topic.MAX_RECORD_BYTES));
        settings.put("min.insync.replicas", Integer.toString(minInSyncReplicas));
        // Only whole segments are dropped or compacted, so they must be short against what is kept.
        settings.put("segment.ms", Long.toString(roll(topic).toMillis()));
        // JPEG does not get smaller, and the rest is small.
        settings.put("compression.type", "producer");
        return settings;
    }

    private static Duration roll(Topic<?> topic) {
        Duration part =
                topic.isCompacted() ? Duration.ofMinutes(10) : topic.retention().dividedBy(ROLLS_PER_RETENTION);
        Duration atLeast = part.compareTo(SHORTEST_ROLL) < 0 ? SHORTEST_ROLL : part;
        return atLeast.compareTo(LONGEST_ROLL) > 0 ? LONGEST_ROLL : atLeast;
    }
}
