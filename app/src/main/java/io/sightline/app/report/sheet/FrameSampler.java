package io.sightline.app.report.sheet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sightline.app.report.ReaderSpec;
import io.sightline.app.report.TopicReader;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.MalformedMessageException;
import io.sightline.runtime.streams.KafkaConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics {@code frames} and {@code identities} and keeps frames for the contact sheet. Not in a hurry: it asks the
 * broker for large answers, so that it costs the run little. One thread, {@code frame-sampler}.
 */
public final class FrameSampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrameSampler.class);
    private static final int WAITING_BYTES = 32 << 20;
    private static final int KEPT_BYTES = 48 << 20;
    private static final Map<String, String> TUNING = Map.of(
            ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "524288",
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "500");

    private final Set<CameraId> cameras;
    private final long firstEpoch;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final FrameReservoir reservoir = new FrameReservoir(WAITING_BYTES, KEPT_BYTES);

    private final TopicReader reader;

    private FrameSampler(KafkaConnection kafka, Set<CameraId> cameras, long firstEpoch) {
        this.cameras = Set.copyOf(cameras);
        this.firstEpoch = firstEpoch;
        this.reader = TopicReader.start(
                new ReaderSpec("frame-sampler", List.of(Topics.FRAMES, Topics.IDENTITIES), ReaderSpec.From.END, TUNING),
                kafka,
                this::sample);
    }

    /**
     * Starts at the topics' ends. Throws {@link IllegalStateException} when one is missing.
     *
     * @param firstEpoch the run's start, milliseconds UTC: frames of earlier epochs are passed over
     */
    public static FrameSampler start(KafkaConnection kafka, Set<CameraId> cameras, long firstEpoch) {
        return new FrameSampler(kafka, cameras, firstEpoch);
    }

    /** Up to {@code count} frames with as much variety as there was, by camera and time. */
    public List<SampledFrame> pick(int count) {
        synchronized (lock) {
            return reservoir.pick(count);
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    private void sample(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            if (record.topic().equals(Topics.FRAMES.name())) {
                sample(Topics.FRAMES.codec().decode(record.value()));
            } else {
                sample(Topics.IDENTITIES.codec().decode(record.value()));
            }
        } catch (MalformedMessageException | IllegalArgumentException e) {
            LOG.debug("{} offset {} cannot be sampled", record.topic(), record.offset(), e);
        }
    }

    private void sample(Frame frame) {
        if (isOfRun(frame.header().id().camera(), frame.header().id().epoch())) {
            synchronized (lock) {
                reservoir.picture(frame.header().id(), frame.picture());
            }
        }
    }

    private void sample(Identities identities) {
        if (isOfRun(new CameraId(identities.camera()), identities.epoch())) {
            synchronized (lock) {
                reservoir.identities(identities);
            }
        }
    }

    private boolean isOfRun(CameraId camera, long epoch) {
        return cameras.contains(camera) && epoch >= firstEpoch;
    }
}
