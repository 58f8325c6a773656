package io.sightline.runtime.metrics;

import io.prometheus.metrics.tracer.common.SpanContext;
import io.sightline.contracts.frame.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Lets a histogram's bucket name the trace of a frame that fell into it (an exemplar of OpenMetrics). Prometheus asks the thread that
 * records, hence the thread-local; it is set for the length of one recording.
 */
public final class TracedMoment implements SpanContext {
    private static final ThreadLocal<TraceContext> CURRENT = new ThreadLocal<>();

    /** For the registry alone: which trace it is, tells {@link #during}. */
    TracedMoment() {}

    /** What {@code recording} records, happened in this trace, which is kept. */
    public static void during(TraceContext trace, Runnable recording) {
        CURRENT.set(trace);
        try {
            recording.run();
        } finally {
            CURRENT.remove();
        }
    }

    @Override
    public @Nullable String getCurrentTraceId() {
        TraceContext trace = CURRENT.get();
        return trace == null ? null : trace.traceId();
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        TraceContext trace = CURRENT.get();
        return trace == null ? null : trace.spanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return CURRENT.get() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        // the trace is kept already
    }
}
