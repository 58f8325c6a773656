package io.sightline.app.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An RTSP server on 127.0.0.1 that plays a clip as any number of cameras, at its own pace and over TCP: a child process, GStreamer's
 * server under Python. Ends with {@link #close()}, or with this process.
 */
public final class CameraServer implements AutoCloseable {
    private static final String SCRIPT = "rtsp-server.py";
    private static final String NEEDS =
            "python3-gi gir1.2-gst-rtsp-server-1.0 gir1.2-gst-plugins-base-1.0 gstreamer1.0-rtsp"
                    + " gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad";

    private final Process process;
    private final int port;

    private CameraServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The server's program; tests drive it too. */
    public static InputStream script() throws IOException {
        InputStream script = CameraServer.class.getResourceAsStream(SCRIPT);
        if (script == null) {
            throw new IOException(SCRIPT + " is not in the program's archive");
        }
        return script;
    }

    /**
     * Starts it.
     *
     * @param clip elementary stream of H.264 with access unit delimiters
     * @param fps pictures a second
     * @param scratch where the program is unpacked
     */
    public static CameraServer start(Path clip, int fps, Path scratch) throws IOException {
        Path program = scratch.resolve(SCRIPT);
        try (InputStream packed = script()) {
            Files.write(program, packed.readAllBytes());
        }
        Process process = new ProcessBuilder(List.of("/usr/bin/python3", "-u", program.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Writer commands = process.outputWriter(StandardCharsets.UTF_8);
        commands.write("{\"file\": \"%s\", \"codec\": \"h264\", \"fps\": %d, \"port\": 0, \"path\": \"/cam\"}%n"
                .formatted(clip, fps));
        commands.flush();
        BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        String answer = answers.readLine();
        if (answer == null || !answer.startsWith("ready ")) {
            process.destroyForcibly();
            throw new IOException(
                    "the benchmark's cameras need an RTSP server, which does not start: apt-get install " + NEEDS);
        }
        return new CameraServer(process, Integer.parseInt(answer.substring("ready ".length())));
    }

    String url() {
        return "rtsp://127.0.0.1:" + port + "/cam";
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
