package io.sightline.detect;

import io.sightline.contracts.frame.FrameHeader;
import io.sightline.inference.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * One camera's tracks over its epochs: a new epoch and a scene cut end them all. A frame that is not newer than the last
 * (sent twice) is looked at by itself and changes nothing.
 */
final class CameraTracks {
    private final TrackerSettings settings;
    private final FaceTracker tracker;
    private Optional<Look> last = Optional.empty();

    CameraTracks(TrackerSettings settings) {
        this.settings = settings;
        this.tracker = new FaceTracker(settings);
    }

    /** The last analysed frame. */
    private record Look(FrameHeader header, GreyCells scene) {
        boolean isBefore(FrameHeader next) {
            long epoch = header.id().epoch();
            return next.id().epoch() > epoch
                    || (next.id().epoch() == epoch
                            && next.id().seq() > header.id().seq());
        }

        boolean goesOnIn(Look next) {
            return header.id().epoch() == next.header.id().epoch() && !SceneCut.isBetween(scene, next.scene);
        }
    }

    /** The camera's next frame; {@code detections} best first, in the picture's pixels. */
    List<TrackedFace> follow(FrameHeader header, RgbImage picture, List<Detection> detections) {
        List<SeenFace> seen = detections.stream()
                .map(found -> new SeenFace(found, GreyCells.around(picture, found.box())))
                .toList();
        if (last.isPresent() && !last.get().isBefore(header)) {
            return new FaceTracker(settings).advance(header.id(), header.times().capturedAtMicros(), seen);
        }
        Look next = new Look(header, GreyCells.ofScene(picture));
        if (last.filter(look -> look.goesOnIn(next)).isEmpty()) {
            tracker.endAll();
        }
        last = Optional.of(next);
        return tracker.advance(header.id(), header.times().capturedAtMicros(), seen);
    }
}
