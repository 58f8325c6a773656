package io.sightline.runtime.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import io.sightline.contracts.frame.TraceContext;
import java.util.Optional;

/** Gives a frame's root span the ids of the frame's context, and other spans ids of their own. Its owner's lock guards it. */
final class FrameSpanIds implements IdGenerator {
    private final IdGenerator others = IdGenerator.random();
    private Optional<String> nextTrace = Optional.empty();
    private Optional<String> nextSpan = Optional.empty();

    /** The next span is the root of this frame's trace. */
    void next(TraceContext context) {
        nextTrace = Optional.of(context.traceId());
        nextSpan = Optional.of(context.spanId());
    }

    @Override
    public String generateSpanId() {
        String id = nextSpan.orElseGet(others::generateSpanId);
        nextSpan = Optional.empty();
        return id;
    }

    /** Asked for roots alone. */
    @Override
    public String generateTraceId() {
        String id = nextTrace.orElseGet(others::generateTraceId);
        nextTrace = Optional.empty();
        return id;
    }
}
