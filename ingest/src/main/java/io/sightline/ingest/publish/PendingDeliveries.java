package io.sightline.ingest.publish;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records handed on and not acknowledged, oldest first. Pure; its lane's lock guards it. */
final class PendingDeliveries {
    private final Map<Long, Pending> bySeq = new LinkedHashMap<>();

    void sent(long seq, int frames, long nowNanos) {
        bySeq.put(seq, new Pending(frames, nowNanos));
    }

    void done(long seq) {
        bySeq.remove(seq);
    }

    boolean isEmpty() {
        return bySeq.isEmpty();
    }

    long frames() {
        return bySeq.values().stream().mapToLong(Pending::frames).sum();
    }

    /** Whether the oldest has waited longer than {@code patience}. */
    boolean isOverdue(long nowNanos, Duration patience) {
        return !bySeq.isEmpty() && nowNanos - bySeq.values().iterator().next().sinceNanos > patience.toNanos();
    }

    private record Pending(int frames, long sinceNanos) {}
}
