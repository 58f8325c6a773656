package io.sightline.runtime.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sightline.runtime.settings.Masking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /metrics}, {@code /health/live}, {@code /health/ready}, {@code /info}. Health answers 200 or 503 with each
 * part's sentence as JSON. A client that dawdles is cut off after ten seconds.
 */
public final class OpsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String JSON_TYPE = "application/json; charset=utf-8";
    private static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPENMETRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final int THREADS = 2;
    private static final int MAX_QUEUED_CONNECTIONS = 16;

    private final OpsSpec spec;
    private final HttpServer server;
    private final ExecutorService executor;

    private OpsServer(OpsSpec spec, HttpServer server, ExecutorService executor) {
        this.spec = spec;
        this.server = server;
        this.executor = executor;
    }

    /** Listens at once. Throws {@link UncheckedIOException} that names the address when it cannot. */
    public static OpsServer start(OpsSpec spec) {
        InetSocketAddress address =
                new InetSocketAddress(spec.settings().bind(), spec.settings().port());
        HttpServer server = listen(address);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, threads());
        OpsServer ops = new OpsServer(spec, server, executor);
        server.setExecutor(executor);
        server.createContext("/", ops::answer);
        server.start();
        InetAddress bound = server.getAddress().getAddress();
        if (!bound.isLoopbackAddress()) {
            LOG.warn(
                    "ops port {} is open to the network without a password on {}: keep it behind a firewall, or set"
                            + " ops.bind to 127.0.0.1",
                    ops.port(),
                    bound.getHostAddress());
        }
        LOG.info("ops port: http://{}:{}/health/ready", bound.getHostAddress(), ops.port());
        return ops;
    }

    /** The port it listens on, also where any free one was asked for. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops listening; answers under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn("ops port {}: its threads did not end within 2 s", port());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer listen(InetSocketAddress address) {
        useSaneDefaults();
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "ops.bind '" + address.getHostString() + "' is no address of this machine: set it to 127.0.0.1");
        }
        try {
            return HttpServer.create(address, MAX_QUEUED_CONNECTIONS);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "ops port " + address.getHostString() + ":" + address.getPort() + " cannot be opened ("
                            + e.getMessage() + "): set ops.port to one that is free, or to 0 for any",
                    e);
        }
    }

    /** The JDK's server reads these once: without the first, each request waits 40 ms for Nagle and delayed ACKs. */
    private static void useSaneDefaults() {
        for (Map.Entry<String, String> property : Map.of(
                        "sun.net.httpserver.nodelay", "true",
                        "sun.net.httpserver.maxReqTime", "10",
                        "sun.net.httpserver.maxRspTime", "10")
                .entrySet()) {
            if (System.getProperty(property.getKey()) == null) {
                System.setProperty(property.getKey(), property.getValue());
            }
        }
    }

    private static ThreadFactory threads() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "sightline-ops-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = reply(exchange);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), isHead ? -1 : body.length);
            if (!isHead) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer reply(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.json(405, Map.of("error", "only GET is answered here"));
        }
        try {
            return switch (path) {
                case "/metrics" ->
                    metrics(String.valueOf(exchange.getRequestHeaders().get("Accept")));
                case "/health/live" -> health(true);
                case "/health/ready" -> health(false);
                case "/info" -> Answer.json(200, spec.info().get());
                default -> Answer.json(404, Map.of("error", "ask for /metrics, /health/live, /health/ready or /info"));
            };
        } catch (RuntimeException e) {
            LOG.warn("{} failed", path, e);
            return Answer.json(500, Map.of("error", "failed: see the log"));
        }
    }

    /** OpenMetrics where the scraper takes it, for only that has exemplars. */
    private Answer metrics(String accepted) {
        String type = accepted.contains("application/openmetrics-text") ? OPENMETRICS_TYPE : PROMETHEUS_TYPE;
        return new Answer(200, type, spec.metrics().apply(type));
    }

    private Answer health(boolean isLiveness) {
        Map<String, Health> parts = spec.health().get();
        boolean isGood = parts.values().stream().allMatch(part -> isLiveness ? part.isLive() : part.isReady());
        Map<String, Object> shown = new LinkedHashMap<>();
        parts.forEach((name, part) -> shown.put(
                name,
                Map.of(
                        "state",
                        part.isReady() ? "ready" : part.isLive() ? "waiting" : "dead",
                        "detail",
                        Masking.text(part.detail()))));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(isLiveness ? "live" : "ready", isGood);
        body.put("parts", shown);
        return Answer.json(isGood ? 200 : 503, body);
    }

    private record Answer(int status, String type, String body) {
        static Answer json(int status, Map<String, ?> body) {
            try {
                return new Answer(status, JSON_TYPE, JSON.writeValueAsString(body) + "\n");
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("an answer that Jackson cannot write", e);
            }
        }
    }
}
