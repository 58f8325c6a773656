package io.sightline.app.cli;

import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.ingest.CameraSpec;
import io.sightline.ingest.CamerasFile;
import io.sightline.ingest.CaptureSettings;
import io.sightline.ingest.FilePlay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cameras: on the command line, in a file, or both. */
public final class CameraOptions {
    @Option(
            names = "--camera",
            paramLabel = "ID=ADDRESS",
            description =
                    "A camera: rtsp, rtsps, http or https address, or a file. May be repeated. Passwords belong into --cameras.")
    private List<String> cameras = new ArrayList<>();

    @Option(names = "--cameras", paramLabel = "FILE", description = "Cameras from a YAML file; see docs/cameras.md.")
    private @Nullable Path file;

    @Option(names = "--fps", paramLabel = "N", description = "Frames a second taken of each camera (default: all).")
    private @Nullable Double fps;

    @Option(
            names = "--as-fast-as-possible",
            description = "Files are read as fast as the stages follow, without deadlines: nothing is shed.")
    private boolean isFast;

    /** All cameras; throws with every mistake. */
    public List<CameraSpec> read(SightlineSettings settings) {
        CaptureSettings capture = settings.ingest().capture();
        if (fps != null) {
            capture = capture.withFps(fps);
        }
        if (isFast) {
            capture = capture.withFilePlay(new FilePlay(
                    capture.filePlay().startAt(), capture.filePlay().repeat(), FilePlay.Pace.FAST));
        }
        List<CameraSpec> specs = new ArrayList<>();
        for (String camera : cameras) {
            specs.add(CameraSpec.parse(camera, capture));
        }
        if (file != null) {
            specs.addAll(CamerasFile.read(file, System.getenv(), capture));
        }
        if (specs.isEmpty()) {
            throw new UnmetNeedException(
                    "no camera: add --camera ID=ADDRESS, such as --camera gate=rtsp://10.0.0.7/stream, or --cameras FILE");
        }
        return specs;
    }

    /** Whether a camera was named at all. */
    public boolean isAny() {
        return !cameras.isEmpty() || file != null;
    }
}
