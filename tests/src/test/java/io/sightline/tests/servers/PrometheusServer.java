package io.sightline.tests.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A real {@code prometheus} on 127.0.0.1 that scrapes every second; its data lie in the folder and go with it. */
public final class PrometheusServer implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final long STOP_LIMIT_SECONDS = 10;
    private static final Pattern LISTENS = Pattern.compile("Listening on\" address=127\\.0\\.0\\.1:(\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path log;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private PrometheusServer(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.port = Waiting.forValue("Prometheus to listen", READY_WITHIN, this::listening, Optional::isPresent)
                .orElseThrow();
        Waiting.until("Prometheus to be ready", READY_WITHIN, this::isReady, this::said);
    }

    /**
     * Starts one; skips the test where it is not installed.
     *
     * @param targets job and {@code host:port} of what it scrapes
     * @param rules rule files
     */
    public static PrometheusServer start(Path folder, Map<String, String> targets, List<Path> rules)
            throws IOException {
        RequiredServer.PROMETHEUS.require();
        Path home = Files.createDirectories(folder.resolve("prometheus"));
        Path config = Files.writeString(home.resolve("prometheus.yml"), config(targets, rules));
        Path log = home.resolve("prometheus.log");
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + home.resolve("data"),
                        "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new PrometheusServer(process, log);
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String config(Map<String, String> targets, List<Path> rules) {
        String jobs = targets.entrySet().stream()
                .map(target -> "  - job_name: " + target.getKey() + "\n    static_configs: [{targets: [\""
                        + target.getValue() + "\"]}]\n")
                .collect(Collectors.joining());
        String files = rules.stream().map(file -> "\"" + file + "\"").collect(Collectors.joining(", "));
        return "global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 2s}\nrule_files: [" + files
                + "]\nscrape_configs:\n" + jobs;
    }

    /** {@code http://127.0.0.1:41234}. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The series that an expression gives now. */
    public JsonNode query(String expression) {
        return ask("query", "query=" + encoded(expression)).path("result");
    }

    /** The series that an expression gave over the last while, one value a second. */
    public JsonNode queryRange(String expression, Duration back) {
        double end = Instant.now().toEpochMilli() / 1000.0;
        return ask(
                        "query_range",
                        "query=" + encoded(expression) + "&step=1&start=" + (end - back.toSeconds()) + "&end=" + end)
                .path("result");
    }

    /** What it scrapes, and why a scrape failed. */
    public String targets() {
        return ask("targets", "").at("/activeTargets").toString();
    }

    private JsonNode ask(String what, String form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/api/v1/" + what + "?" + form))
                .timeout(ANSWERS_WITHIN)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("Prometheus answers " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body()).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** It listens before it has read what it stored. */
    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/-/ready"))
                .timeout(ANSWERS_WITHIN)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Optional<Integer> listening() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Prometheus has ended:\n" + said());
        }
        Matcher line = LISTENS.matcher(said());
        return line.find() ? Optional.of(Integer.parseInt(line.group(1))) : Optional.empty();
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
