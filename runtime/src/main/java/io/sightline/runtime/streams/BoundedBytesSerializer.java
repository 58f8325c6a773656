package io.sightline.runtime.streams;

import io.sightline.contracts.topic.Topic;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as they are, refused before they reach the producer when Kafka would refuse them for their size. Under exactly once
 * this matters: a producer's own refusal spoils the transaction, the record comes again, and so on for ever.
 */
public final class BoundedBytesSerializer implements Serializer<byte[]> {
    @Override
    public byte @Nullable [] serialize(String topic, byte @Nullable [] bytes) {
        if (bytes != null && bytes.length > FrameJudge.MAX_MESSAGE_BYTES) {
            throw new SerializationException(
                    bytes.length + " bytes for " + topic + " are over the limit of " + FrameJudge.MAX_MESSAGE_BYTES
                            + " (records of " + Topic.MAX_RECORD_BYTES + " with what Kafka adds)");
        }
        return bytes;
    }
}
