package io.sightline.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.ops.Stage;
import io.sightline.ingest.life.CameraCause;
import io.sightline.ingest.publish.LaneListener;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One camera's counters, made once; captured = published + shed + rejected at ingest. Thread-safe. */
final class CameraMeters implements LaneListener {
    private static final Logger LOG = LoggerFactory.getLogger(CameraMeters.class);

    private final CameraId camera;
    private final Counter captured;
    private final Counter bytes;
    private final Counter decodeErrors;
    private final Counter sendFailures;
    private final Map<Reason, Counter> shed = new EnumMap<>(Reason.class);
    private final Map<CameraCause, Counter> reconnects = new EnumMap<>(CameraCause.class);

    CameraMeters(MeterRegistry registry, CameraId camera) {
        String name = camera.value();
        this.camera = camera;
        this.captured = Meters.counter(registry, SightlineMeter.FRAMES_CAPTURED, name);
        this.bytes = Meters.counter(registry, SightlineMeter.CAMERA_BYTES, name);
        this.decodeErrors = Meters.counter(registry, SightlineMeter.CAMERA_DECODE_ERRORS, name);
        this.sendFailures = Meters.counter(registry, SightlineMeter.SEND_FAILURES, Stage.INGEST.wireName(), "frame");
        for (Reason reason : Reason.values()) {
            shed.put(reason, Meters.counter(registry, SightlineMeter.FRAMES_SHED, name, reason.wireName()));
        }
        for (CameraCause cause : CameraCause.values()) {
            reconnects.put(cause, Meters.counter(registry, SightlineMeter.CAMERA_RECONNECTS, name, cause.wireName()));
        }
    }

    void reconnect(CameraCause cause) {
        count(reconnects, cause);
    }

    void received(long packetBytes, long damaged) {
        bytes.increment((double) packetBytes);
        decodeErrors.increment((double) damaged);
    }

    @Override
    public void numbered() {
        captured.increment();
    }

    @Override
    public void settled(Settlement settlement) {
        count(shed, settlement.reason());
    }

    @Override
    public void deliveryFailed(FrameHeader header, String why) {
        sendFailures.increment();
        LOG.warn("camera {}: frame {} was not delivered and counts as shed: {}", camera, header.id(), why);
    }

    @Override
    public void creditExpired(int frames) {
        LOG.debug("camera {}: {} frames in flight were never reported as settled", camera, frames);
    }

    private static <K> void count(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.increment();
        }
    }
}
