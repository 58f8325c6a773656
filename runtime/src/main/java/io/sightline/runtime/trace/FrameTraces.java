package io.sightline.runtime.trace;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TraceContext;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes a trace of a frame where its way ends: there its latency and its outcome are known, so slow and failed frames are kept always, and
 * the stages need not send spans of frames that nobody will look at. A span per stage, from the last stage's stamp to its own, so waiting in
 * the topic is part of it. Thread-safe.
 */
public final class FrameTraces implements AutoCloseable {
    /** Overload makes every frame slow: so many traces a second tell it. */
    static final int MOST_PER_SECOND = 20;

    private static final String SAMPLED = "sampled";
    private static final String SLOW = "slow";
    private static final String FAILED = "failed";
    private static final List<String> REASONS = List.of(SAMPLED, SLOW, FAILED);

    private static final AttributeKey<String> CAMERA = AttributeKey.stringKey("sightline.camera");
    private static final AttributeKey<String> FRAME = AttributeKey.stringKey("sightline.frame");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("sightline.outcome");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("sightline.reason");
    private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);

    private final FrameSpanIds ids = new FrameSpanIds();
    private final long slowMicros;
    private final MeterRegistry registry;
    private final Optional<SdkTracerProvider> provider;

    @GuardedBy("this")
    private long second;

    @GuardedBy("this")
    private int keptInSecond;

    private FrameTraces(Duration slow, MeterRegistry registry, Optional<SpanProcessor> spans) {
        this.slowMicros = TimeUnit.NANOSECONDS.toMicros(slow.toNanos());
        this.registry = registry;
        if (spans.isPresent()) {
            REASONS.forEach(reason -> Meters.counter(registry, SightlineMeter.TRACES, reason));
        }
        this.provider = spans.map(processor -> SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "sightline")))
                .setIdGenerator(ids)
                .addSpanProcessor(processor)
                .build());
    }

    /** Keeps none. */
    public static FrameTraces none(MeterRegistry registry) {
        return new FrameTraces(TracingSettings.defaults().slow(), registry, Optional.empty());
    }

    /** Sends them to the settings' collector, or keeps none where they name none. */
    public static FrameTraces start(TracingSettings settings, MeterRegistry registry) {
        return new FrameTraces(
                settings.slow(),
                registry,
                settings.endpoint()
                        .map(endpoint -> BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                        .setEndpoint(endpoint.toString())
                                        .setTimeout(EXPORT_TIMEOUT)
                                        .build())
                                .build()));
    }

    /** Hands them to {@code spans}. */
    static FrameTraces to(SpanProcessor spans, Duration slow, MeterRegistry registry) {
        return new FrameTraces(slow, registry, Optional.of(spans));
    }

    /**
     * Traces the frame if it was sampled, slow or has failed, and tells its context if it did.
     *
     * @param settled with its outcome
     * @param given the context that came with it; one is made from its id where none did
     */
    public synchronized Optional<TraceContext> settled(
            FrameHeader settled, Optional<TraceContext> given, long decidedAtMicros) {
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        TraceContext context = given.orElseGet(() -> TraceContext.of(settled.id(), 0));
        Optional<String> reason =
                reasonToKeep(settled, context, decidedAtMicros).filter(why -> hasRoom(decidedAtMicros));
        reason.ifPresent(why -> {
            trace(provider.get().get("sightline"), settled, context, decidedAtMicros);
            Meters.counter(registry, SightlineMeter.TRACES, why).increment();
        });
        return reason.map(why -> context);
    }

    @Override
    public void close() {
        provider.ifPresent(SdkTracerProvider::close);
    }

    private Optional<String> reasonToKeep(FrameHeader settled, TraceContext context, long decidedAtMicros) {
        Outcome outcome = settled.settlement().map(Settlement::outcome).orElseThrow();
        if (outcome == Outcome.REJECTED) {
            return Optional.of(FAILED);
        }
        if (outcome != Outcome.SHED && settled.times().ageMicros(decidedAtMicros) >= slowMicros) {
            return Optional.of(SLOW);
        }
        return context.isSampled() ? Optional.of(SAMPLED) : Optional.empty();
    }

    @GuardedBy("this")
    private boolean hasRoom(long nowMicros) {
        long now = TimeUnit.MICROSECONDS.toSeconds(nowMicros);
        if (now != second) {
            second = now;
            keptInSecond = 0;
        }
        return ++keptInSecond <= MOST_PER_SECOND;
    }

    @GuardedBy("this")
    private void trace(Tracer tracer, FrameHeader frame, TraceContext context, long decidedAtMicros) {
        FrameTimes times = frame.times();
        Settlement settlement = frame.settlement().orElseThrow();
        ids.next(context);
        Span way = tracer.spanBuilder("frame")
                .setNoParent()
                .setStartTimestamp(times.receivedAtMicros(), TimeUnit.MICROSECONDS)
                .setAttribute(CAMERA, frame.id().camera().value())
                .setAttribute(FRAME, frame.id().toString())
                .setAttribute(OUTCOME, settlement.outcome().name().toLowerCase(Locale.ROOT))
                .setAttribute(REASON, settlement.reason().wireName())
                .startSpan();
        if (settlement.outcome() == Outcome.REJECTED) {
            way.setStatus(StatusCode.ERROR, settlement.reason().wireName());
        }
        Context inWay = Context.root().with(way);
        long at = times.receivedAtMicros();
        at = stage(tracer.spanBuilder("ingest"), inWay, at, times.publishedAtMicros());
        at = stage(tracer.spanBuilder("detect"), inWay, at, times.detectedAtMicros());
        at = stage(tracer.spanBuilder("embed"), inWay, at, times.embeddedAtMicros());
        long end = Math.max(at, decidedAtMicros);
        stage(tracer.spanBuilder("match"), inWay, at, end);
        way.end(end, TimeUnit.MICROSECONDS);
    }

    /** From {@code beginMicros} to the stage's stamp; a frame that never came to the stage has none. Gives where the next begins. */
    private static long stage(SpanBuilder builder, Context parent, long beginMicros, long endMicros) {
        if (endMicros <= 0) {
            return beginMicros;
        }
        long end = Math.max(beginMicros, endMicros);
        builder.setParent(parent)
                .setStartTimestamp(beginMicros, TimeUnit.MICROSECONDS)
                .startSpan()
                .end(end, TimeUnit.MICROSECONDS);
        return end;
    }
}
