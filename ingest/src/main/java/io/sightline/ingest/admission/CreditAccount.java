package io.sightline.ingest.admission;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The open frames of one camera that are on their way: sent, not settled. Frames settled at ingest (shed, rejected) cost
 * the stages nothing and are not in it. Not thread-safe: its lane's lock guards it.
 */
public final class CreditAccount {
    private final CreditSettings settings;
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private AimdWindow window;
    private int cap;
    private boolean wasFull;

    public CreditAccount(CreditSettings settings) {
        this.settings = settings;
        this.window = AimdWindow.of(Math.min(settings.initial(), settings.maxPerCamera()));
        this.cap = settings.maxPerCamera();
    }

    /** The most that this camera may have, as the fleet's budget is shared now. */
    public void share(int framesPerCamera) {
        cap = Math.max(1, Math.min(settings.maxPerCamera(), framesPerCamera));
    }

    /** Whether one more frame may go. */
    public boolean hasCredit() {
        boolean isFull = inFlight.size() >= window.frames(cap);
        wasFull |= isFull;
        return !isFull;
    }

    /** An open frame went. */
    public void sent(long seq, long nowNanos) {
        inFlight.addLast(new Sent(seq, nowNanos));
        wasFull |= inFlight.size() >= window.frames(cap);
    }

    /** A frame that went will not be settled by the stages: its send failed. */
    public void withdrawn(long seq) {
        inFlight.removeIf(sent -> sent.seq == seq);
    }

    /** All up to {@code lastSeq} are settled; {@code latencyMs} is that of frame {@code lastSeq}. */
    public void settled(long lastSeq, double latencyMs, long nextSeq) {
        boolean isKnown = false;
        for (Sent first = inFlight.peekFirst(); first != null && first.seq <= lastSeq; first = inFlight.peekFirst()) {
            inFlight.removeFirst();
            isKnown = first.seq == lastSeq;
            if (isKnown) {
                judge(first.seq, latencyMs, nextSeq);
            } else {
                grow();
            }
        }
    }

    /** Forgets frames that should have been settled long ago, so that a lost answer cannot hold a camera for ever. */
    public int expire(long nowNanos, long nextSeq) {
        int expired = 0;
        for (Sent first = inFlight.peekFirst();
                first != null && nowNanos - first.atNanos >= settings.expiry().toNanos();
                first = inFlight.peekFirst()) {
            inFlight.removeFirst();
            window = window.late(first.seq, nextSeq);
            expired++;
        }
        return expired;
    }

    public int inFlight() {
        return inFlight.size();
    }

    /** W as it stands. */
    public int windowFrames() {
        return window.frames(cap);
    }

    private void judge(long seq, double latencyMs, long nextSeq) {
        if (latencyMs > settings.targetLatency().toMillis()) {
            window = window.late(seq, nextSeq);
            wasFull = false;
        } else {
            grow();
        }
    }

    private void grow() {
        window = window.inTime(wasFull, cap);
        if (inFlight.isEmpty()) {
            wasFull = false;
        }
    }

    private record Sent(long seq, long atNanos) {}
}
