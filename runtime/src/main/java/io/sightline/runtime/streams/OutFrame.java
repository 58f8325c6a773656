package io.sightline.runtime.streams;

import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.TraceContext;
import io.sightline.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** A frame ready to be sent: which one, and its message encoded. */
final class OutFrame {
    private final FrameId id;
    private final byte[] message;

    OutFrame(FrameId id, byte[] message) {
        this.id = id;
        this.message = message;
    }

    /**
     * Under its camera's key; of headers, its frame id, and the trace that it came with. Its time stamp is when it was sent, so that a stage
     * is behind by what lies in its own topic, not by what the stages before it took.
     */
    Record<byte[], byte[]> record(Record<byte[], byte[]> from, long sentMillis) {
        Headers headers = new RecordHeaders();
        headers.add(Topics.FRAME_ID_HEADER, id.toString().getBytes(StandardCharsets.UTF_8));
        Header trace = from.headers().lastHeader(Topics.TRACE_PARENT_HEADER);
        if (trace != null && trace.value() != null) {
            TraceContext.parse(trace.value())
                    .ifPresent(context -> headers.add(Topics.TRACE_PARENT_HEADER, context.header()));
        }
        return new Record<>(id.camera().value().getBytes(StandardCharsets.UTF_8), message, sentMillis, headers);
    }
}
