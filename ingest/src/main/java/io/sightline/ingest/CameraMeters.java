package io.sightline.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.ops.Stage;
import io.sightline.ingest.life.CameraCause;
import io.sightline.ingest.publish.LaneListener;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One camera's meters, made once; captured = published + shed + rejected at ingest. Thread-safe. */
final class CameraMeters implements LaneListener {
    private static final Logger LOG = LoggerFactory.getLogger(CameraMeters.class);
    private static final Set<TimeSource> TOLD_BY_CAMERAS = EnumSet.of(TimeSource.RTCP, TimeSource.STREAM);
    private static final Set<Reason> GIVEN_UP_HERE =
            EnumSet.of(Reason.ADMISSION, Reason.BROKER, Reason.DECODER, Reason.OVERSIZE, Reason.FAILED);
    private static final double MICROS_PER_SECOND = 1e6;

    private final CameraId camera;
    private final Counter captured;
    private final Counter bytes;
    private final Counter decodeErrors;
    private final Counter sendFailures;
    private final Map<Reason, Counter> shed = new EnumMap<>(Reason.class);
    private final Map<CameraCause, Counter> reconnects = new EnumMap<>(CameraCause.class);
    private final Map<TimeSource, Timer> captureDelays = new EnumMap<>(TimeSource.class);
    private final PictureChange change = new PictureChange();
    private volatile double clockOffsetSeconds = Double.NaN;

    CameraMeters(MeterRegistry registry, CameraId camera) {
        String name = camera.value();
        this.camera = camera;
        this.captured = Meters.counter(registry, SightlineMeter.FRAMES_CAPTURED, name);
        this.bytes = Meters.counter(registry, SightlineMeter.CAMERA_BYTES, name);
        this.decodeErrors = Meters.counter(registry, SightlineMeter.CAMERA_DECODE_ERRORS, name);
        this.sendFailures = Meters.counter(registry, SightlineMeter.SEND_FAILURES, Stage.INGEST.wireName(), "frame");
        for (Reason reason : GIVEN_UP_HERE) {
            shed.put(reason, Meters.counter(registry, SightlineMeter.FRAMES_SHED, name, reason.wireName()));
        }
        for (CameraCause cause : CameraCause.values()) {
            reconnects.put(cause, Meters.counter(registry, SightlineMeter.CAMERA_RECONNECTS, name, cause.wireName()));
        }
        for (TimeSource source : TOLD_BY_CAMERAS) {
            captureDelays.put(source, Meters.timer(registry, SightlineMeter.CAPTURE_DELAY, source.wireName()));
        }
        Meters.gauge(registry, SightlineMeter.CAMERA_PICTURE_AGE, change::ageSeconds, name);
        Meters.gauge(registry, SightlineMeter.CAMERA_CLOCK_OFFSET, () -> clockOffsetSeconds, name);
    }

    void reconnect(CameraCause cause) {
        count(reconnects, cause);
    }

    void received(long packetBytes, long damaged) {
        bytes.increment((double) packetBytes);
        decodeErrors.increment((double) damaged);
    }

    /** How far the camera's clock is ahead of ours, transport included. */
    void clockOffset(long micros) {
        clockOffsetSeconds = micros / MICROS_PER_SECOND;
    }

    @Override
    public void published(FrameTimes times, Jpeg picture, long nowNanos) {
        change.picture(picture, nowNanos);
        Timer delay = captureDelays.get(times.source());
        if (delay != null) {
            delay.record(Math.max(0, times.receivedAtMicros() - times.capturedAtMicros()), TimeUnit.MICROSECONDS);
        }
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
