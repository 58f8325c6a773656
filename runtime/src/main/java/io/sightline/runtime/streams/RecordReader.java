package io.sightline.runtime.streams;

import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Decodes a record, or says why not and, where it can, which frame is lost by it: from the message's own header, or
 * else from the Kafka header that repeats the frame id. Thread-safe.
 */
public final class RecordReader<V> {
    private final Topic<V> topic;
    private final Function<V, FrameHeader> header;

    /**
     * Reads records of this topic.
     *
     * @param header takes the frame's header out of a message
     */
    public RecordReader(Topic<V> topic, Function<V, FrameHeader> header) {
        this.topic = topic;
        this.header = header;
    }

    /** What reading a record gave. */
    public sealed interface Read<V> {
        <T> T fold(Function<Message<V>, T> message, Function<Unreadable<V>, T> unreadable);
    }

    /** A message of ours, under its camera's key. */
    public record Message<V>(V value) implements Read<V> {
        @Override
        public <T> T fold(Function<Message<V>, T> message, Function<Unreadable<V>, T> unreadable) {
            return message.apply(this);
        }
    }

    /**
     * Not a message of ours.
     *
     * @param detail a sentence that says why
     * @param rejected the frame it was about, where that could be told; settled, by reason malformed unless it was
     *     settled before
     */
    public record Unreadable<V>(String detail, Optional<FrameHeader> rejected) implements Read<V> {
        @Override
        public <T> T fold(Function<Message<V>, T> message, Function<Unreadable<V>, T> unreadable) {
            return unreadable.apply(this);
        }
    }

    /**
     * Never throws.
     *
     * @param nowMicros UTC; stands for the moment of receipt where nothing else tells it
     */
    public Read<V> read(Record<byte[], byte[]> record, long nowMicros) {
        byte[] value = record.value();
        if (value == null) {
            return unreadable(record, nowMicros, "the record has no value", Optional.empty());
        }
        try {
            V message = topic.codec().decode(value);
            FrameHeader frame = header.apply(message);
            return keyMistake(record, frame)
                    .<Read<V>>map(mistake -> unreadable(record, nowMicros, mistake, Optional.of(frame)))
                    .orElseGet(() -> new Message<>(message));
        } catch (MalformedMessageException e) {
            return unreadable(record, nowMicros, DeadLetters.sentence(e), e.header());
        } catch (RuntimeException e) {
            return unreadable(record, nowMicros, DeadLetters.sentence(e), Optional.empty());
        }
    }

    private Read<V> unreadable(
            Record<byte[], byte[]> record, long nowMicros, String detail, Optional<FrameHeader> frame) {
        Optional<FrameHeader> rejected = frame.or(() -> frameOfKafkaHeader(record, nowMicros))
                .map(open -> open.isSettled() ? open : open.settle(Settlement.rejected(Reason.MALFORMED)));
        return new Unreadable<>(detail, rejected);
    }

    private static Optional<String> keyMistake(Record<byte[], byte[]> record, FrameHeader frame) {
        if (record.key() == null) {
            return Optional.of("frame " + frame.id() + " has no key: it must be its camera's id");
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        return key.equals(frame.id().camera().value())
                ? Optional.empty()
                : Optional.of("frame " + frame.id() + " has another key than its camera's id");
    }

    private static Optional<FrameHeader> frameOfKafkaHeader(Record<byte[], byte[]> record, long nowMicros) {
        Header named = record.headers().lastHeader(Topics.FRAME_ID_HEADER);
        if (named == null || named.value() == null) {
            return Optional.empty();
        }
        try {
            FrameId id = FrameId.parse(new String(named.value(), StandardCharsets.UTF_8));
            long madeMicros = record.timestamp() > 0 ? record.timestamp() * 1_000 : nowMicros;
            FrameTimes times = FrameTimes.received(madeMicros, TimeSource.ARRIVAL, madeMicros);
            return Optional.of(FrameHeader.open(id, times, 0, 0));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
