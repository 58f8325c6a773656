package io.sightline.tests.servers;

import io.sightline.app.bench.CameraServer;
import io.sightline.tests.servers.RtspSpec.Login;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A camera on 127.0.0.1 that plays a clip again and again over RTSP (TCP), with sender reports. A process of its own, GStreamer's
 * server under Python; every command waits for its answer. {@link #stop} and {@link #startAgain} are a camera's restart: the port stays.
 */
public final class RtspServer implements AutoCloseable {
    private static final long STOP_LIMIT_SECONDS = 10;

    private RtspSpec spec;
    private Process process;
    private final Path script;

    private RtspServer(RtspSpec spec, Path script, Process process) {
        this.spec = spec;
        this.script = script;
        this.process = process;
    }

    /** Starts a server; skips the test where GStreamer's is not installed. */
    public static RtspServer start(RtspSpec spec) throws IOException {
        RequiredServer.RTSP.require();
        Path script = Files.createTempFile("rtsp-server", ".py");
        try (InputStream resource = CameraServer.script()) {
            if (resource == null) {
                throw new IOException("rtsp-server.py is not among the resources");
            }
            Files.write(script, resource.readAllBytes());
        }
        RtspServer server = new RtspServer(spec, script, spawn(script));
        server.greet();
        return server;
    }

    private static Process spawn(Path script) throws IOException {
        return new ProcessBuilder("/usr/bin/python3", "-u", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void greet() throws IOException {
        tell(spec.json());
        String line = hear();
        if (!line.startsWith("ready ")) {
            throw new IOException("the RTSP server says '" + line + "'");
        }
        spec = spec.withPort(Integer.parseInt(line.substring("ready ".length())));
    }

    public int port() {
        return spec.port();
    }

    /** Without credentials. */
    public String url() {
        return scheme() + "127.0.0.1:" + port() + RtspSpec.PATH;
    }

    /** With the credentials that the server wants, percent-encoded. */
    public String urlWithLogin() {
        Login login = spec.login().orElseThrow();
        return urlWith(login.user(), login.password());
    }

    /** With these credentials, percent-encoded. */
    public String urlWith(String user, String password) {
        return scheme() + encoded(user) + ":" + encoded(password) + "@127.0.0.1:" + port() + RtspSpec.PATH;
    }

    private String scheme() {
        return spec.certificate().isPresent() ? "rtsps://" : "rtsp://";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Pictures stop, connections stay: what a hung encoder does. */
    public void hang() throws IOException {
        command("hang");
    }

    /** Pictures flow again, from a key frame. */
    public void resume() throws IOException {
        command("resume");
    }

    /** Every client's connection is closed; the next may come. */
    public void dropClients() throws IOException {
        command("drop");
    }

    /** Bytes are flipped in every picture but the first of each round. */
    public void damagePictures() throws IOException {
        command("damage");
    }

    /** Pictures are whole again. */
    public void healPictures() throws IOException {
        command("heal");
    }

    /** How many connections there are. */
    public int clients() throws IOException {
        String[] words = command("clients").split(" ", -1);
        return Integer.parseInt(words[words.length - 1]);
    }

    /** The whole process stands still: even the system's buffers are not served. */
    public void freeze() throws IOException {
        TestClips.run(List.of("kill", "-STOP", Long.toString(process.pid())));
    }

    /** After {@link #freeze}. */
    public void thaw() throws IOException {
        TestClips.run(List.of("kill", "-CONT", Long.toString(process.pid())));
    }

    /** The camera is off: its port refuses. */
    public void stop() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the RTSP server " + process.pid() + " cannot be ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The camera is on again, on its port. */
    public void startAgain() throws IOException {
        process = spawn(script);
        greet();
    }

    private String command(String command) throws IOException {
        tell(command);
        String answer = hear();
        if (!answer.startsWith("done " + command)) {
            throw new IOException("the RTSP server answers '" + answer + "' to " + command);
        }
        return answer;
    }

    private void tell(String line) throws IOException {
        Writer writer = process.outputWriter(StandardCharsets.UTF_8);
        writer.write(line + "\n");
        writer.flush();
    }

    private String hear() throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        return Optional.ofNullable(reader.readLine())
                .orElseThrow(() -> new IOException("the RTSP server ended; its words stand above"));
    }

    @Override
    public void close() {
        stop();
        try {
            Files.deleteIfExists(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
