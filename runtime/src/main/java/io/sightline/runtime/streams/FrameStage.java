package io.sightline.runtime.streams;

import io.sightline.contracts.topic.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * The way of a record through a stage that works on one frame at a time. For every record that tells a frame, exactly
 * one goes out:
 *
 * <ul>
 *   <li>settled before: handed on unread;
 *   <li>older than max-age: shed by reason {@code expired};
 *   <li>worked: the stage's message, stamped;
 *   <li>the work throws, or its message is over the size limit: rejected by the reason, and a dead letter;
 *   <li>not a message of ours: a dead letter and, where the frame can be told, rejected by reason {@code malformed}.
 * </ul>
 *
 * The key going out is the camera's id; of Kafka's headers the frame id alone.
 */
public final class FrameStage {
    private FrameStage() {}

    /** Builds the topology; no I/O. Its nodes are named after topics and stage. */
    public static <I, O> Topology build(FrameStageSpec<I, O> spec) {
        String source = spec.in().shortName();
        String processor = spec.stage().wireName();
        BoundedBytesSerializer bytes = new BoundedBytesSerializer();
        return new Topology()
                .addSource(
                        source,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        spec.in().name())
                .addProcessor(processor, () -> new FrameProcessor<>(spec), source)
                .addSink(spec.out().shortName(), spec.out().name(), bytes, bytes, processor)
                .addSink(Topics.DEAD_LETTERS.shortName(), Topics.DEAD_LETTERS.name(), bytes, bytes, processor);
    }
}
