package io.sightline.runtime.streams;

import io.sightline.runtime.metrics.StageProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a stage is behind its topic. In records: what lies beyond the last one taken. In seconds: how old the last record taken
 * would be by now, but where it was fresh when it was taken, no longer than the partition has been behind: a stage that stands still shows
 * how long, and one that is fed after an hour of silence does not show an hour. One thread looks, any may ask.
 */
final class StageLag {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final StageProgress progress;
    private final Map<TopicPartition, Long> inStepNanos = new HashMap<>();
    private volatile Lag lag = new Lag(0, 0);

    StageLag(StageProgress progress) {
        this.progress = progress;
    }

    /** Of all partitions of this instance: the worst in seconds, the sum in records. */
    record Lag(double seconds, long records) {}

    Lag lag() {
        return lag;
    }

    /**
     * Compares this instance's partitions with the topic.
     *
     * @param ends the offset after each partition's last record; partitions of others are left out
     * @param committed where the group stands, for partitions of which nothing was taken yet
     * @param nowNanos by {@link System#nanoTime()}
     */
    void look(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed, long nowNanos) {
        inStepNanos.keySet().retainAll(ends.keySet());
        double worstSeconds = 0;
        long records = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            TopicPartition partition = end.getKey();
            Optional<StageProgress.Place> place = progress.in(partition.partition());
            long next =
                    Math.max(place.map(last -> last.offset() + 1).orElse(0L), committed.getOrDefault(partition, 0L));
            long waiting = Math.max(0, end.getValue() - next);
            if (waiting == 0) {
                inStepNanos.put(partition, nowNanos);
            }
            records += waiting;
            worstSeconds = Math.max(worstSeconds, waiting == 0 ? 0 : seconds(partition, place, nowNanos));
        }
        lag = new Lag(worstSeconds, records);
    }

    private double seconds(TopicPartition partition, Optional<StageProgress.Place> place, long nowNanos) {
        double behind = (nowNanos - inStepNanos.computeIfAbsent(partition, first -> nowNanos)) / NANOS_PER_SECOND;
        if (place.isEmpty()) {
            return behind;
        }
        double ageWhenTaken = place.get().ageMillis() / MILLIS_PER_SECOND;
        double ageNow = ageWhenTaken + (nowNanos - place.get().takenNanos()) / NANOS_PER_SECOND;
        return Math.min(ageNow, Math.max(behind, ageWhenTaken));
    }
}
