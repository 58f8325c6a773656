package io.sightline.ingest;

import io.sightline.contracts.frame.CameraId;
import io.sightline.ingest.capture.OpenRequest;
import java.time.Duration;
import java.util.Optional;

/** A camera to capture: its name, where it is, and how. */
public record CameraSpec(CameraId id, CameraSource source, CaptureSettings capture) {
    /**
     * Reads {@code lobby=rtsp://host/path} or {@code lobby=clip.mp4}, captured by the default settings; throws
     * {@link IllegalArgumentException} that says what is wrong, without credentials.
     */
    public static CameraSpec parse(String text) {
        return parse(text, CaptureSettings.defaults());
    }

    /** The same with other settings. */
    public static CameraSpec parse(String text, CaptureSettings capture) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? "" : text.substring(0, equals).strip();
        // an address without a name may hold '=' in a password or query: then nothing of it is shown
        if (name.isEmpty() || name.contains("/") || name.contains("@")) {
            throw new IllegalArgumentException(
                    "a camera is written id=source, for example lobby=rtsp://192.168.1.20/stream1 or lobby=clip.mp4");
        }
        CameraId id = new CameraId(name);
        try {
            return new CameraSpec(id, CameraSource.parse(text.substring(equals + 1)), capture);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("camera " + id + ": " + e.getMessage(), e);
        }
    }

    public CameraSpec with(CaptureSettings other) {
        return new CameraSpec(id, source, other);
    }

    /** What the capture core opens. */
    OpenRequest openRequest() {
        Optional<OpenRequest.Tls> tls = source.isTls() ? Optional.of(tls()) : Optional.empty();
        return new OpenRequest(
                source.openAddress(),
                source.toString(),
                source.transport(),
                source.host(),
                capture.openTimeout(),
                capture.readTimeout(),
                tls,
                source.isFile() ? capture.filePlay().startAt() : Duration.ZERO);
    }

    private OpenRequest.Tls tls() {
        OpenRequest.Tls.Verify verify = capture.tls().verify() == TlsSettings.Verify.YES
                ? OpenRequest.Tls.Verify.YES
                : OpenRequest.Tls.Verify.NO;
        return new OpenRequest.Tls(verify, capture.tls().caFile());
    }
}
