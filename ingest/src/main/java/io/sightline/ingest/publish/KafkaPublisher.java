package io.sightline.ingest.publish;

import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.TraceContext;
import io.sightline.contracts.ops.CameraState;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.settings.Masking;
import io.sightline.runtime.streams.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of frames and camera states. Idempotent, acknowledged by all replicas, without linger or compression (JPEG
 * does not shrink), and never blocking: what does not fit into its buffer is refused at once. What it has taken it tries
 * to deliver for as long as it lives, in order; were it to give a record up earlier, the record might still be in the
 * topic, and its sequence of numbers broken for the broker. A producer that has failed for good is replaced.
 */
public final class KafkaPublisher implements FrameSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TOPIC_MEMORY = Duration.ofDays(7);

    private final double tracedShare;
    private final Map<String, Object> properties;
    private volatile Producer<byte[], byte[]> producer;
    private final AtomicBoolean hasFailedForGood = new AtomicBoolean();

    /** {@code tracedShare} of frames, 0 to 1, are marked as sampled for tracing. */
    public KafkaPublisher(KafkaConnection kafka, long bufferBytes, double tracedShare) {
        this.tracedShare = tracedShare;
        this.properties = properties(kafka, bufferBytes);
        this.producer = create();
    }

    static Map<String, Object> properties(KafkaConnection kafka, long bufferBytes) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "sightline-ingest-frames");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, KafkaConnection.MAX_REQUEST_BYTES);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        // a camera that comes back after hours must not find that its topic has been forgotten
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, TOPIC_MEMORY.toMillis());
        return properties;
    }

    @Override
    public boolean offer(Frame frame, Delivery delivery) {
        byte[] key = key(frame.header().id().camera().value());
        var record = new ProducerRecord<>(
                Topics.FRAMES.name(), key, Topics.FRAMES.codec().encode(frame));
        record.headers()
                .add(Topics.FRAME_ID_HEADER, frame.header().id().toString().getBytes(StandardCharsets.UTF_8));
        if (!frame.header().isSettled()) {
            record.headers()
                    .add(
                            Topics.TRACE_PARENT_HEADER,
                            TraceContext.of(frame.header().id(), tracedShare).header());
        }
        SendTicket ticket = new SendTicket(delivery);
        return send(record, (metadata, failure) -> ticket.completed(failure)) && ticket.wasTaken();
    }

    /** Hands a camera's state on; false if it was not taken. One that is lost later is followed by the next. */
    public boolean offer(CameraState state) {
        var record = new ProducerRecord<>(
                Topics.CAMERAS.name(),
                key(state.camera()),
                Topics.CAMERAS.codec().encode(state));
        AtomicBoolean isRefused = new AtomicBoolean();
        boolean isSent = send(record, (metadata, failure) -> isRefused.set(failure != null));
        return isSent && !isRefused.get();
    }

    /**
     * Whether the producer knows where frames go; asks for it otherwise. Before that, every frame would be refused.
     */
    public boolean isReady() {
        try {
            return !producer.partitionsFor(Topics.FRAMES.name()).isEmpty();
        } catch (KafkaException e) {
            return false;
        }
    }

    /** Replaces a producer that has failed for good; its records come back as failed. Called now and then, by one thread. */
    public void renewIfFailed() {
        if (hasFailedForGood.getAndSet(false)) {
            LOG.warn("the frame producer has failed for good and is replaced; its unsent frames count as shed");
            Producer<byte[], byte[]> failed = producer;
            producer = create();
            failed.close(Duration.ZERO);
        }
    }

    /** Gives up what is not delivered. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private boolean send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        try {
            var unused = producer.send(record, callback);
            return true;
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (KafkaException | IllegalStateException e) {
            if (!hasFailedForGood.getAndSet(true)) {
                LOG.warn("the frame producer takes no more: {}", Masking.text(String.valueOf(e.getMessage())));
            }
            return false;
        }
    }

    private Producer<byte[], byte[]> create() {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static byte[] key(String camera) {
        return camera.getBytes(StandardCharsets.UTF_8);
    }
}
