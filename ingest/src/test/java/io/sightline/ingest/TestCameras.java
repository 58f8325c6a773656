package io.sightline.ingest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/**
 * An HTTP server that plays cameras, good and bad: {@code /live} (MJPEG without end), {@code /few} (five pictures, then it hangs up),
 * {@code /stuck} (three pictures, then silence), {@code /locked} (asks for user {@code admin} and {@link #PASSWORD}), {@code /page} (no video),
 * {@code /broken} (500), {@code /hang} (never answers), {@code /file} (a recording).
 */
public final class TestCameras implements AutoCloseable {
    /** Holds characters that must be encoded in an address. */
    public static final String PASSWORD = "canary/p@ss?#1";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Path recording = Path.of("none");

    public TestCameras() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/live", exchange -> mjpeg(exchange, Integer.MAX_VALUE));
        server.createContext("/few", exchange -> mjpeg(exchange, 5));
        server.createContext("/stuck", this::stuck);
        server.createContext("/locked", this::locked);
        server.createContext("/page", exchange -> answer(exchange, 200, "text/html", "<html>hello</html>".repeat(50)));
        server.createContext("/broken", exchange -> answer(exchange, 500, "text/plain", "out of order"));
        server.createContext("/hang", exchange -> await());
        server.createContext("/file", this::file);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public String urlWith(String userInfo, String path) {
        return "http://" + userInfo + "@127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** What {@code /file} gives. */
    public void record(Path file) {
        recording = file;
    }

    /** Requests so far. */
    public int connections() {
        return connections.get();
    }

    /** A port on which nobody listens. */
    public static int refusedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JPEG of one grey. */
    public static byte[] jpeg(int level) {
        BufferedImage image = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(level, level, level));
        graphics.fillRect(0, 0, 160, 120);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void mjpeg(HttpExchange exchange, int pictures) throws IOException {
        connections.incrementAndGet();
        try (OutputStream out = begin(exchange)) {
            for (int i = 0; i < pictures && !isClosedWithin(20); i++) {
                part(out, TestVideos.levelOf(i));
            }
        }
    }

    private void stuck(HttpExchange exchange) throws IOException {
        connections.incrementAndGet();
        try (OutputStream out = begin(exchange)) {
            for (int i = 0; i < 3; i++) {
                part(out, TestVideos.levelOf(i));
            }
            await();
        }
    }

    private void locked(HttpExchange exchange) throws IOException {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            mjpeg(exchange, 5);
        } else {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"camera\"");
            answer(exchange, 401, "text/plain", "who are you?");
        }
    }

    private void file(HttpExchange exchange) throws IOException {
        byte[] bytes = Files.readAllBytes(recording);
        exchange.getResponseHeaders().set("Content-Type", "video/mp4");
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static OutputStream begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=frame");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static void part(OutputStream out, int level) throws IOException {
        byte[] jpeg = jpeg(level);
        String head = "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(jpeg);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void await() {
        while (!isClosedWithin(10_000)) {
            // silent as long as the test lasts
        }
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
