package io.sightline.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.frame.TraceContext;
import io.sightline.runtime.settings.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class FrameTracesTest {
    private static final long RECEIVED = 1_780_000_000_000_000L;
    private static final FrameTimes TIMES = FrameTimes.received(RECEIVED - 5_000, TimeSource.RTCP, RECEIVED)
            .published(RECEIVED + 4_000)
            .detected(RECEIVED + 20_000)
            .embedded(RECEIVED + 31_000);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<SpanData> spans = new ArrayList<>();
    private final FrameTraces traces = FrameTraces.to(
            SimpleSpanProcessor.create(new SpanExporter() {
                @Override
                public CompletableResultCode export(Collection<SpanData> exported) {
                    spans.addAll(exported);
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode flush() {
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            }),
            Duration.ofMillis(500),
            registry);

    @AfterEach
    void close() {
        traces.close();
    }

    @Test
    void sampledFrameHasASpanForEachStageInsideItsWay() {
        TraceContext context = TraceContext.of(frame(7).id(), 1);

        assertThat(traces.settled(decided(frame(7)), Optional.of(context), RECEIVED + 42_000))
                .contains(context);

        assertThat(spans).extracting(SpanData::getName).containsExactly("ingest", "detect", "embed", "match", "frame");
        assertThat(spans).extracting(SpanData::getTraceId).containsOnly(context.traceId());
        SpanData way = spans.get(4);
        assertThat(way.getSpanId()).isEqualTo(context.spanId());
        assertThat(spans.subList(0, 4)).extracting(SpanData::getParentSpanId).containsOnly(context.spanId());
        assertThat(spans)
                .extracting(span -> (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1_000_000)
                .containsExactly(4L, 16L, 11L, 11L, 42L);
        assertThat(way.getAttributes().asMap().toString()).contains("lobby/1/7", "no_face");
        assertThat(kept("sampled")).isEqualTo(1);
    }

    @Test
    void frameThatIsNeitherSampledNorSlowNorFailedHasNone() {
        TraceContext context = TraceContext.of(frame(7).id(), 0);

        assertThat(traces.settled(decided(frame(7)), Optional.of(context), RECEIVED + 499_000))
                .isEmpty();

        assertThat(spans).isEmpty();
    }

    @Test
    void slowAndFailedFramesAreKeptAlways() {
        traces.settled(decided(frame(1)), Optional.empty(), RECEIVED + 500_000);
        traces.settled(frame(2).settle(Settlement.rejected(Reason.UNDECODABLE)), Optional.empty(), RECEIVED + 10_000);

        assertThat(spans.stream().filter(span -> span.getName().equals("frame")))
                .extracting(SpanData::getTraceId)
                .containsExactly(
                        TraceContext.of(frame(1).id(), 0).traceId(),
                        TraceContext.of(frame(2).id(), 0).traceId());
        assertThat(kept("slow")).isEqualTo(1);
        assertThat(kept("failed")).isEqualTo(1);
        assertThat(spans.get(spans.size() - 1).getStatus().getDescription()).isEqualTo("undecodable");
    }

    @Test
    void frameThatAStageGaveUpHasTheSpansOfThoseThatSawIt() {
        FrameHeader refused = FrameHeader.open(
                        frame(3).id(),
                        FrameTimes.received(RECEIVED, TimeSource.ARRIVAL, RECEIVED)
                                .published(RECEIVED + 3_000)
                                .detected(RECEIVED + 9_000),
                        640,
                        480)
                .settle(Settlement.rejected(Reason.FAILED));

        traces.settled(refused, Optional.empty(), RECEIVED + 12_000);

        assertThat(spans).extracting(SpanData::getName).containsExactly("ingest", "detect", "match", "frame");
    }

    @Test
    void overloadIsToldByAFewTracesASecond() {
        long told = IntStream.range(0, 1_000)
                .mapToObj(seq -> traces.settled(decided(frame(seq)), Optional.empty(), RECEIVED + 900_000))
                .filter(Optional::isPresent)
                .count();

        assertThat(told).as("contexts of traces that are kept").isEqualTo(FrameTraces.MOST_PER_SECOND);
        assertThat(spans.stream().filter(span -> span.getName().equals("frame")))
                .hasSize(FrameTraces.MOST_PER_SECOND);
    }

    @Test
    void withoutACollectorNothingIsKept() {
        FrameTraces none = FrameTraces.start(TracingSettings.defaults(), registry);

        assertThat(none.settled(decided(frame(1)), Optional.empty(), RECEIVED + 900_000))
                .isEmpty();
    }

    @Test
    void spansReachACollectorOverHttp() throws Exception {
        LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            URI endpoint =
                    URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
            try (FrameTraces sending =
                    FrameTraces.start(new TracingSettings(Optional.of(endpoint), Duration.ofMillis(500)), registry)) {
                sending.settled(decided(frame(1)), Optional.empty(), RECEIVED + 900_000);
            }

            assertThat(received.poll(20, TimeUnit.SECONDS))
                    .contains("lobby/1/1")
                    .contains("detect");
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void endpointThatIsNoneIsRefusedWithTheForm() {
        Settings settings = Settings.load(
                Optional.empty(), Map.of(), Map.of("tracing.endpoint", "collector:4318", "tracing.slow-ms", "250"));

        TracingSettings.read(settings.section("tracing"));

        Assertions.assertThatThrownBy(settings::finish)
                .hasMessageContaining("tracing.endpoint")
                .hasMessageContaining("http://127.0.0.1:4318/v1/traces");
    }

    private double kept(String reason) {
        return registry.get("sightline.traces").tag("reason", reason).counter().count();
    }

    private static FrameHeader decided(FrameHeader frame) {
        return frame.settle(Settlement.decided(Outcome.NO_FACE));
    }

    private static FrameHeader frame(long seq) {
        return FrameHeader.open(new FrameId(new CameraId("lobby"), 1, seq), TIMES, 640, 480);
    }
}
