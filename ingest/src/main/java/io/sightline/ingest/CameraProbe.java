package io.sightline.ingest;

import io.sightline.ingest.capture.CaptureException;
import io.sightline.ingest.capture.CaptureTools;
import io.sightline.ingest.capture.DecodedPicture;
import io.sightline.ingest.capture.Interrupt;
import io.sightline.ingest.capture.InterruptHub;
import io.sightline.ingest.capture.NativeCount;
import io.sightline.ingest.capture.VideoCapture;
import io.sightline.ingest.life.CameraCause;
import io.sightline.runtime.streams.Micros;
import java.time.Clock;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;

/** Tries a camera once, up to its first picture, and says how it went. */
public final class CameraProbe {
    private CameraProbe() {}

    /**
     * How it went.
     *
     * @param cause why there is no picture; empty if there is one
     * @param detail what came, or what to do, in a sentence without credentials
     */
    public record Result(Optional<CameraCause> cause, String detail) {
        public boolean isGood() {
            return cause.isEmpty();
        }
    }

    /** Blocks for the camera's open timeout and the wait for a first picture at most. */
    public static Result probe(CameraSpec spec, Clock wall) {
        // FFmpeg would print addresses with their passwords
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        try (InterruptHub hub = new InterruptHub(System::nanoTime);
                Interrupt interrupt = hub.register()) {
            CaptureTools tools = new CaptureTools(hub, new NativeCount(), () -> Micros.now(wall));
            try (VideoCapture capture = VideoCapture.open(spec.openRequest(), tools, interrupt)) {
                return firstPicture(spec, capture);
            }
        } catch (CaptureException e) {
            return new Result(Optional.of(e.why()), String.valueOf(e.getMessage()));
        }
    }

    private static Result firstPicture(CameraSpec spec, VideoCapture capture) throws CaptureException {
        capture.next();
        DecodedPicture picture = capture.picture();
        return new Result(
                Optional.empty(),
                spec.source() + ": " + capture.codecName() + " " + picture.widthPx() + "x" + picture.heightPx());
    }
}
