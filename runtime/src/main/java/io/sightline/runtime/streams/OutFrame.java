package io.sightline.runtime.streams;

import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
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

    /** Under its camera's key; of headers, its frame id alone. */
    Record<byte[], byte[]> record(long timestampMillis) {
        Headers headers = new RecordHeaders();
        headers.add(Topics.FRAME_ID_HEADER, id.toString().getBytes(StandardCharsets.UTF_8));
        return new Record<>(id.camera().value().getBytes(StandardCharsets.UTF_8), message, timestampMillis, headers);
    }
}
