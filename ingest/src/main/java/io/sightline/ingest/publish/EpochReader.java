package io.sightline.ingest.publish;

import io.sightline.contracts.ops.CameraState;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.MalformedMessageException;
import io.sightline.runtime.streams.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads each camera's last epoch from the compacted topic {@code cameras}. */
public final class EpochReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MAX_IDLE_POLLS = 25;

    private EpochReader() {}

    /**
     * The last epoch by camera id, as far as the topic knows. Blocks for a few seconds at most.
     *
     * @throws KafkaException if there is no broker, no topic, or no answer: the message says so
     */
    public static Map<String, Long> lastEpochs(KafkaConnection kafka) {
        try (KafkaConsumer<byte[], byte[]> consumer = TopicConsumers.create(kafka, "sightline-ingest-epochs")) {
            List<TopicPartition> partitions = TopicConsumers.partitions(consumer, Topics.CAMERAS);
            if (partitions.isEmpty()) {
                throw new KafkaException("there is no topic " + Topics.CAMERAS + ": run 'sightline topics create'");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return read(consumer, consumer.endOffsets(partitions));
        }
    }

    private static Map<String, Long> read(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        Map<String, Long> epochs = new HashMap<>();
        int idlePolls = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            boolean isIdle = true;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                isIdle = false;
                state(record).ifPresent(state -> epochs.merge(state.camera(), state.epoch(), Math::max));
            }
            idlePolls = isIdle ? idlePolls + 1 : 0;
            if (idlePolls > MAX_IDLE_POLLS) {
                throw new KafkaException("no answer while reading " + Topics.CAMERAS);
            }
        }
        return epochs;
    }

    private static Optional<CameraState> state(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? Optional.empty()
                    : Optional.of(Topics.CAMERAS.codec().decode(record.value()));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }
}
