package io.sightline.ingest;

import io.sightline.ingest.capture.CaptureException;
import io.sightline.ingest.capture.CaptureTools;
import io.sightline.ingest.capture.Interrupt;
import io.sightline.ingest.capture.InterruptHub;
import io.sightline.ingest.capture.NativeCount;
import io.sightline.ingest.capture.VideoCapture;
import java.time.Clock;
import org.bytedeco.ffmpeg.global.avutil;

/** Looks at a camera once: connects, waits for its first picture, and leaves. */
public final class CameraProbe {
    private CameraProbe() {}

    /**
     * What it shows: codec and picture size.
     *
     * @throws IllegalStateException with the cause in a sentence, without credentials, when no picture comes within the camera's timeouts
     */
    public static String describe(CameraSpec camera, Clock wall) {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        IngestClock clock = new IngestClock(wall, System::nanoTime);
        try (InterruptHub hub = new InterruptHub(clock.monotonicNanos());
                Interrupt interrupt = hub.register();
                VideoCapture capture = VideoCapture.open(
                        camera.openRequest(), new CaptureTools(hub, new NativeCount(), clock::wallMicros), interrupt)) {
            VideoCapture.Step step = capture.next();
            while (step == VideoCapture.Step.SKIPPED) {
                step = capture.next();
            }
            if (step == VideoCapture.Step.END) {
                throw new IllegalStateException(camera.source() + " ends before its first picture");
            }
            return camera.source() + ": " + capture.codecName() + ", "
                    + capture.picture().widthPx() + "x" + capture.picture().heightPx();
        } catch (CaptureException e) {
            throw new IllegalStateException(e.why().wireName() + ": " + e.getMessage(), e);
        }
    }
}
