package io.sightline.detect;

import io.micrometer.core.instrument.DistributionSummary;
import io.sightline.contracts.face.Crop;
import io.sightline.contracts.face.Face;
import io.sightline.contracts.face.Faces;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Settlement;
import io.sightline.detect.jpeg.JpegDecoder;
import io.sightline.inference.RgbImage;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.streams.FrameWork;
import io.sightline.runtime.streams.Micros;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task's work on its cameras' frames: decode, find, follow, cut out. Belongs to the task's thread.
 *
 * <p>The decoder's native memory is taken with the first frame, as Kafka Streams makes processors that it never uses.
 */
final class DetectWork implements FrameWork<Frame, Faces> {
    /** More cameras than a task ever has; those unheard of for longest are forgotten. */
    private static final int MAX_CAMERAS = 1024;

    private final DetectSettings settings;
    private final FaceFinder finder;
    private final Clock clock;
    private final StageMeters meters;
    private final DistributionSummary facesPerFrame;
    private final CropCutter cutter;
    private final Map<CameraId, CameraTracks> cameras = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable JpegDecoder decoder;

    DetectWork(DetectSettings settings, FaceFinder finder, Clock clock, StageMeters meters) {
        this.settings = settings;
        this.finder = finder;
        this.clock = clock;
        this.meters = meters;
        this.facesPerFrame = Meters.summary(meters.registry(), SightlineMeter.FACES_PER_FRAME);
        this.cutter = new CropCutter(settings.cropMaxSidePx());
    }

    @Override
    public FrameHeader header(Frame in) {
        return in.header();
    }

    @Override
    public Faces settled(FrameHeader header) {
        return new Faces(header, List.of());
    }

    @Override
    public Faces work(Frame in) {
        long begun = System.nanoTime();
        RgbImage picture = decoder().decode(in.picture());
        long decoded = step("decode", begun);
        List<Detection> found = finder.detect(picture);
        long detected = step("detect", decoded);
        List<TrackedFace> tracked = tracksOf(in.header().id().camera()).follow(in.header(), picture, found);
        long followed = step("track", detected);
        List<Face> faces = cutOut(picture, tracked);
        step("crop", followed);
        meters.faces("detected", faces.size());
        if (!faces.isEmpty()) {
            facesPerFrame.record(faces.size());
        }
        return new Faces(stamped(in.header(), picture, faces.isEmpty()), faces);
    }

    /** The header with the decoded picture's own size: what the boxes refer to. */
    private FrameHeader stamped(FrameHeader header, RgbImage picture, boolean isEmpty) {
        FrameHeader open = FrameHeader.open(
                header.id(), header.times().detected(Micros.now(clock)), picture.widthPx(), picture.heightPx());
        return isEmpty ? open.settle(Settlement.decided(Outcome.NO_FACE)) : open;
    }

    private List<Face> cutOut(RgbImage picture, List<TrackedFace> tracked) {
        List<Crop> crops = cutter.cut(
                picture, tracked.stream().map(face -> face.detection().box()).toList());
        List<Face> faces = new ArrayList<>();
        for (int i = 0; i < tracked.size(); i++) {
            Detection found = tracked.get(i).detection();
            faces.add(new Face(tracked.get(i).track(), found.box(), found.landmarks(), found.score(), crops.get(i)));
        }
        return faces;
    }

    private CameraTracks tracksOf(CameraId camera) {
        CameraTracks tracks = cameras.computeIfAbsent(camera, id -> new CameraTracks(settings.track()));
        if (cameras.size() > MAX_CAMERAS) {
            cameras.remove(cameras.keySet().iterator().next());
        }
        return tracks;
    }

    private JpegDecoder decoder() {
        if (decoder == null) {
            decoder = new JpegDecoder(settings.maxPixels());
        }
        return decoder;
    }

    private long step(String name, long begunNanos) {
        long now = System.nanoTime();
        meters.step(name, now - begunNanos);
        return now;
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }
}
