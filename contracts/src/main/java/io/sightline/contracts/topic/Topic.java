package io.sightline.contracts.topic;

import io.sightline.contracts.wire.MessageCodec;
import java.time.Duration;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A topic with the form of its values; keys are UTF-8 text.
 *
 * @param shortName {@code frames}; the full name is {@code sightline.frames.v1}
 * @param retention how long records are kept; {@link Duration#ZERO} means compacted: the last one per key, for good
 * @param isPartitionedAsFrames whether it must have as many partitions as {@code frames}, so that a camera keeps its place
 */
public record Topic<V>(
        String shortName,
        MessageCodec<V> codec,
        Duration retention,
        boolean isPartitionedAsFrames,
        Class<V> valueType) {
    /** The largest record of any topic, bytes: producers, topics and consumers are all held to it. */
    public static final int MAX_RECORD_BYTES = 4_194_304;

    public String name() {
        return "sightline." + shortName + ".v1";
    }

    public boolean isCompacted() {
        return retention.isZero();
    }

    public Serializer<V> serializer() {
        return (topic, value) -> value == null ? null : codec.encode(value);
    }

    /** Throws {@link io.sightline.contracts.wire.MalformedMessageException} for what is not ours. */
    public Deserializer<V> deserializer() {
        return (topic, bytes) -> bytes == null ? null : codec.decode(bytes);
    }

    @Override
    public String toString() {
        return name();
    }
}
