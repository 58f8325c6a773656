package io.sightline.runtime.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sightline.contracts.frame.TraceContext;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.metrics.TracedMoment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpsServerTest {
    private final PrometheusMeterRegistry registry = Meters.prometheus();
    private final AtomicReference<Map<String, Health>> health = new AtomicReference<>(Map.of());
    private final OpsServer server = OpsServer.start(new OpsSpec(
            OpsSettings.defaults(),
            registry::scrape,
            health::get,
            () -> Map.of("role", "detect", "models", List.of("m1"))));
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @AfterEach
    void close() {
        server.close();
        registry.close();
    }

    @Test
    void metricsAreServedInPrometheusForm() throws Exception {
        Meters.counter(registry, SightlineMeter.FRAMES_CAPTURED, "lobby").increment(3);

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body()).contains("sightline_frames_captured_total{camera=\"lobby\"} 3.0");
    }

    @Test
    void scraperThatTakesOpenMetricsGetsSlowBucketsWithTheirTraces() throws Exception {
        TraceContext trace = new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
        Timer latency = Meters.timer(registry, SightlineMeter.LATENCY);
        TracedMoment.during(trace, () -> latency.record(1_500, TimeUnit.MILLISECONDS));
        latency.record(3, TimeUnit.MILLISECONDS);

        HttpResponse<String> open = client.send(
                HttpRequest.newBuilder(uri("/metrics"))
                        .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.3")
                        .build(),
                BodyHandlers.ofString());

        assertThat(open.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
        assertThat(open.body().lines().filter(line -> line.contains("_bucket{") && line.contains(trace.traceId())))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("sightline_latency_seconds_bucket{le=\"2.0\"} 2")
                        .contains("span_id=\"00f067aa0ba902b7\""));
        assertThat(get("/metrics").body()).doesNotContain("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    /** The roles close before the ops port does, and the registry after it: at no moment does a scrape find half of them. */
    @Test
    void scrapeDuringShutdownIsAnsweredOrCutOffButNeverBreaksTheShutdown() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        OpsServer slow = OpsServer.start(new OpsSpec(
                OpsSettings.defaults(),
                type -> {
                    asked.countDown();
                    awaitUninterrupted(closed);
                    return registry.scrape(type);
                },
                Map::of,
                Map::of));
        CompletableFuture<HttpResponse<String>> scrape = client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + slow.port() + "/metrics"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        registry.close();
        slow.close();
        closed.countDown();

        assertThat(scrape.handle((answer, failure) -> failure != null || answer.statusCode() == 200)
                        .get(20, TimeUnit.SECONDS))
                .isTrue();
        assertThat(registry.scrape()).contains("jvm_");
        assertThatThrownBy(() -> client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + slow.port() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void readyNeedsEveryPartReadyAndSaysWhatIsWaitedFor() throws Exception {
        health.set(Map.of("kafka", Health.ready("works"), "gallery", Health.waiting("waits for redis://u:canary@h")));

        HttpResponse<String> ready = get("/health/ready");
        HttpResponse<String> live = get("/health/live");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body())
                .contains("\"ready\":false")
                .contains("\"state\":\"waiting\"")
                .contains("waits for redis://***@h")
                .doesNotContain("canary");
        assertThat(live.statusCode()).isEqualTo(200);
    }

    @Test
    void aDeadPartEndsLiveness() throws Exception {
        health.set(Map.of("control", Health.dead("does not turn: restart it")));

        HttpResponse<String> live = get("/health/live");

        assertThat(live.statusCode()).isEqualTo(503);
        assertThat(live.body()).contains("\"live\":false").contains("restart it");
    }

    @Test
    void everythingReadyAnswers200() throws Exception {
        health.set(Map.of("kafka", Health.ready("works on 4 partitions")));

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/info").body().strip())
                .isIn("{\"role\":\"detect\",\"models\":[\"m1\"]}", "{\"models\":[\"m1\"],\"role\":\"detect\"}");
    }

    @Test
    void otherPathsAndMethodsAreAnsweredWithWhatThereIs() throws Exception {
        HttpResponse<String> unknown = get("/healthz");
        HttpResponse<String> post = client.send(
                HttpRequest.newBuilder(uri("/metrics"))
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("/health/ready");
        assertThat(post.statusCode()).isEqualTo(405);
    }

    @Test
    void aPartThatThrowsAnswers500AndTheServerGoesOn() throws Exception {
        health.set(null);

        assertThat(get("/health/ready").statusCode()).isEqualTo(500);
        assertThat(get("/info").statusCode()).isEqualTo(200);
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OpsSpec spec =
                    new OpsSpec(new OpsSettings("127.0.0.1", taken.getLocalPort()), type -> "", Map::of, Map::of);

            assertThatThrownBy(() -> OpsServer.start(spec))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("set ops.port");
        }
    }

    @Test
    void theWholeIsAsGoodAsItsWorstPart() {
        Health whole = Health.of(
                Map.of("a", Health.ready("fine"), "b", Health.waiting("waits for Kafka"), "c", Health.dead("stuck")));

        assertThat(whole).isEqualTo(new Health(false, false, "b: waits for Kafka; c: stuck"));
        assertThat(Health.of(Map.of("a", Health.ready("fine"))).isReady()).isTrue();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
