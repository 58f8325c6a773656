package io.sightline.ingest.admission;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The open frames of one camera that are on their way: sent, not settled. Frames settled at ingest (shed, rejected) cost
 * the stages nothing and are not in it. Not thread-safe: its lane's lock guards it.
 */
public final class CreditAccount {
    private final FleetWindow fleet;
    private final double targetLatencyMs;
    private final Duration expiry;
    private final Deque<Sent> inFlight = new ArrayDeque<>();

    public CreditAccount(FleetWindow fleet, CreditSettings settings) {
        this.fleet = fleet;
        this.targetLatencyMs = settings.targetLatency().toNanos() / 1e6;
        this.expiry = settings.expiry();
    }

    /** Whether one more frame may go. */
    public boolean hasCredit() {
        return fleet.allows(inFlight.size());
    }

    /** An open frame went. */
    public void sent(long seq, long nowNanos) {
        inFlight.addLast(new Sent(seq, nowNanos));
        fleet.sent();
    }

    /** A frame that went will not be settled by the stages: its send failed. */
    public void withdrawn(long seq) {
        if (inFlight.removeIf(sent -> sent.seq == seq)) {
            fleet.returned(1);
        }
    }

    /**
     * All up to {@code lastSeq} are settled; {@code latencyMs} is that of frame {@code lastSeq}. It counts only if that frame
     * was an open one: a shed frame's waiting says nothing about the stages.
     */
    public void settled(long lastSeq, double latencyMs, long nowNanos) {
        boolean isLate = latencyMs > targetLatencyMs;
        for (Sent first = inFlight.peekFirst(); first != null && first.seq <= lastSeq; first = inFlight.peekFirst()) {
            inFlight.removeFirst();
            fleet.returned(1);
            if (!isLate) {
                fleet.inTime();
            } else if (first.seq == lastSeq) {
                fleet.late(first.atNanos, nowNanos);
            }
        }
    }

    /** Forgets frames that should have been settled long ago, so that a lost answer cannot hold a camera for ever. */
    public int expire(long nowNanos) {
        int expired = 0;
        for (Sent first = inFlight.peekFirst();
                first != null && nowNanos - first.atNanos >= expiry.toNanos();
                first = inFlight.peekFirst()) {
            inFlight.removeFirst();
            fleet.returned(1);
            fleet.late(first.atNanos, nowNanos);
            expired++;
        }
        return expired;
    }

    public int inFlight() {
        return inFlight.size();
    }

    private record Sent(long seq, long atNanos) {}
}
