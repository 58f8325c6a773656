package io.sightline.ingest;

import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.ingest.capture.DecodedPicture;
import io.sightline.ingest.capture.EncodedPicture;
import io.sightline.ingest.capture.JpegEncoder;
import io.sightline.ingest.capture.VideoCapture;
import io.sightline.ingest.capture.VideoCapture.DecodeMode;
import io.sightline.ingest.publish.CameraLane;
import io.sightline.ingest.timing.Decimator;
import io.sightline.ingest.timing.DecodeLoad;
import io.sightline.ingest.timing.DecodeLoad.Effort;
import io.sightline.ingest.timing.FilePacer;
import io.sightline.ingest.timing.FileTimeline;
import io.sightline.runtime.metrics.StageMeters;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a camera's decoded pictures: those that the frame rate takes are paced (a file's), admitted or shed, encoded
 * and published. Lives as long as its camera, over connections and loops; owned by the camera's thread.
 */
final class PictureFlow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PictureFlow.class);
    private static final Duration CREDIT_POLL = Duration.ofMillis(100);
    /** Quality is divided by these, one after the other, until a picture fits into a record. */
    private static final int[] QUALITY_DIVISORS = {1, 2, 6};

    private final CameraSpec spec;
    private final CameraLane lane;
    private final IngestClock clock;
    private final StopSignal stop;
    private final StageMeters meters;
    private final JpegEncoder encoder;
    private final Decimator decimator;
    private final FileTimeline timeline = new FileTimeline();
    private Optional<FilePacer> pacer = Optional.empty();
    private DecodeLoad load = new DecodeLoad();
    private long pacedNanos;
    private boolean isKeyFramesOnly;

    PictureFlow(CameraSpec spec, CameraLane lane, JpegEncoder encoder, WorkerTools tools, StopSignal stop) {
        this.spec = spec;
        this.lane = lane;
        this.encoder = encoder;
        this.clock = tools.clock();
        this.meters = tools.meters();
        this.stop = stop;
        this.decimator = new Decimator(spec.capture().fps());
    }

    /** A connection begins, or a file plays again. */
    void begin(VideoCapture capture) {
        if (capture.isRecording()) {
            timeline.restart();
        }
        load = new DecodeLoad();
        isKeyFramesOnly = false;
    }

    /** Takes a picture, or lets it pass. May wait for a file's pace or credit. */
    void picture(VideoCapture capture) throws InterruptedException {
        DecodedPicture picture = capture.picture();
        if (capture.isRecording()) {
            filePicture(capture, picture);
            return;
        }
        observe(capture, picture.positionMicros(), picture.arrivedAtMicros());
        if (decimator.takes(picture.positionMicros().orElse(picture.arrivedAtMicros()))) {
            take(picture, FrameTimes.received(picture.capturedAtMicros(), picture.source(), picture.arrivedAtMicros()));
        }
    }

    /** A packet was not decoded, as decoding is behind. What the frame rate would have taken is shed. */
    void skipped(VideoCapture capture) throws InterruptedException {
        OptionalLong position = capture.skippedMicros();
        long arrived = capture.arrivedAtMicros();
        long stamp = position.orElse(arrived);
        long captured = arrived;
        TimeSource source = TimeSource.ARRIVAL;
        if (capture.isRecording()) {
            stamp = place(position);
            captured = pace(stamp).wallMicros(stamp);
            arrived = clock.wallMicros();
            position = OptionalLong.of(stamp);
            source = TimeSource.FILE;
        }
        observe(capture, position, arrived);
        if (decimator.takes(stamp)) {
            settle(FrameTimes.received(captured, source, arrived), Settlement.shed(Reason.DECODER));
        }
    }

    @Override
    public void close() {
        encoder.close();
    }

    private void filePicture(VideoCapture capture, DecodedPicture picture) throws InterruptedException {
        long place = place(picture.positionMicros());
        if (!decimator.takes(place)) {
            return;
        }
        FilePacer paced = pace(place);
        long now = clock.wallMicros();
        if (isLivePace()) {
            observe(capture, OptionalLong.of(place), now);
        }
        if (!stop.isRequested()) {
            take(picture, FrameTimes.received(paced.wallMicros(place), TimeSource.FILE, now));
        }
    }

    private long place(OptionalLong position) {
        return position.isPresent() ? timeline.place(position.getAsLong()) : timeline.placeNext();
    }

    private FilePacer pace(long place) throws InterruptedException {
        FilePacer current = pacer.orElseGet(() -> new FilePacer(clock.nanos(), clock.wallMicros()));
        pacer = Optional.of(current);
        if (isLivePace()) {
            long waitNanos = current.waitNanos(place, clock.nanos());
            if (waitNanos > 0) {
                stop.await(Duration.ofNanos(waitNanos));
                pacedNanos += waitNanos;
            }
        }
        return current;
    }

    private boolean isLivePace() {
        return spec.capture().filePlay().pace() == FilePlay.Pace.LIVE;
    }

    private void observe(VideoCapture capture, OptionalLong position, long arrivedMicros) {
        if (position.isEmpty()) {
            return;
        }
        load.observe(
                position.getAsLong(), arrivedMicros, new Effort(clock.nanos(), pacedNanos + capture.waitedNanos()));
        if (load.keyFramesOnly() != isKeyFramesOnly) {
            isKeyFramesOnly = load.keyFramesOnly();
            capture.keyFramesOnly(isKeyFramesOnly ? DecodeMode.KEY_FRAMES : DecodeMode.ALL);
            LOG.warn(
                    isKeyFramesOnly
                            ? "camera {}: decoding cannot keep up; only key frames are decoded until it has (lower its resolution or frame rate)"
                            : "camera {}: decoding has caught up; all frames are decoded again",
                    spec.id());
        }
    }

    private void take(DecodedPicture picture, FrameTimes times) throws InterruptedException {
        Optional<Reason> refusal = lane.admit(clock.nanos());
        while (refusal.isPresent() && waitsForCredit() && !stop.isRequested()) {
            lane.awaitChange(CREDIT_POLL);
            refusal = lane.admit(clock.nanos());
        }
        if (refusal.isEmpty()) {
            encodeAndPublish(picture, times);
        } else if (!waitsForCredit()) {
            settle(times, Settlement.shed(refusal.get()));
        }
    }

    private boolean waitsForCredit() {
        return spec.source().isFile() && !isLivePace();
    }

    private void encodeAndPublish(DecodedPicture picture, FrameTimes times) {
        long start = clock.nanos();
        try {
            EncodedPicture encoded = encodeToFit(picture);
            meters.step("encode", clock.nanos() - start);
            FrameTimes published = times.published(clock.wallMicros());
            lane.publish(published, encoded, clock.nanos());
            meters.aged(published.ageMicros(published.publishedAtMicros()));
        } catch (IllegalStateException e) {
            LOG.warn("camera {}: a picture cannot be encoded: {}", spec.id(), e.getMessage());
            settle(times, Settlement.rejected(Reason.FAILED));
        }
    }

    private EncodedPicture encodeToFit(DecodedPicture picture) {
        EncodedPicture encoded = encoder.encode(picture, spec.capture().jpegQuality());
        for (int i = 1; i < QUALITY_DIVISORS.length && !lane.fits(encoded); i++) {
            encoded = encoder.encode(picture, Math.max(1, spec.capture().jpegQuality() / QUALITY_DIVISORS[i]));
        }
        return encoded;
    }

    private void settle(FrameTimes times, Settlement settlement) {
        lane.settle(times.published(clock.wallMicros()), settlement, clock.nanos());
    }
}
