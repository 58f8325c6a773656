package io.sightline.tests.servers;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Servers and tools that a system test may need, each with a command that succeeds where it is installed. */
public enum RequiredServer {
    FFMPEG("ffmpeg"),
    RTSP("python3-gi gir1.2-gst-rtsp-server-1.0 gir1.2-gstreamer-1.0 gir1.2-gst-plugins-base-1.0 gstreamer1.0-rtsp"
            + " gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad"
            + " gstreamer1.0-plugins-ugly gstreamer1.0-libav gstreamer1.0-tools"),
    REDIS("redis-server"),
    PROMETHEUS("prometheus"),
    OPENSSL("openssl"),
    PYTHON_KAFKA("python3-confluent-kafka python3-protobuf"),
    NPM("npm"),
    MATPLOTLIB("python3-matplotlib");

    private static final long LIMIT_SECONDS = 30;
    private static final String GSTREAMER_PROBE = """
            import gi
            gi.require_version('GstRtspServer', '1.0')
            from gi.repository import Gst, GstRtspServer
            Gst.init(None)
            assert Gst.ElementFactory.find('h265parse') and Gst.ElementFactory.find('rtph264pay')
            """;

    private final String debianPackages;

    RequiredServer(String debianPackages) {
        this.debianPackages = debianPackages;
    }

    private List<String> probe() {
        return switch (this) {
            case FFMPEG -> List.of("ffmpeg", "-version");
            case RTSP -> List.of("/usr/bin/python3", "-c", GSTREAMER_PROBE);
            case REDIS -> List.of("redis-server", "--version");
            case PROMETHEUS -> List.of("promtool", "--version");
            case OPENSSL -> List.of("openssl", "version");
            case PYTHON_KAFKA -> List.of("/usr/bin/python3", "-c", "import confluent_kafka, google.protobuf");
            case NPM -> List.of("npm", "--version");
            case MATPLOTLIB -> List.of("/usr/bin/python3", "-c", "import matplotlib");
        };
    }

    /** Skips the test where this is not installed; fails it where {@code CI=true}. */
    public void require() {
        if (isInstalled()) {
            return;
        }
        missing(name() + " is not installed: apt-get install " + debianPackages);
    }

    /** Skips the test, because something that it needs is not there; fails it where {@code CI=true}. */
    public static void missing(String message) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        Assumptions.abort(message);
    }

    private boolean isInstalled() {
        return answer().filter(code -> code == 0).isPresent();
    }

    private Optional<Integer> answer() {
        try {
            Process process = new ProcessBuilder(probe())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return Optional.of(process.exitValue());
            }
            process.destroyForcibly();
            return Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
