package io.sightline.ingest.publish;

import io.sightline.contracts.frame.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A topic in memory: takes frames or refuses them, and delivers or fails what it took when told to. */
public final class ListSink implements FrameSink {
    private final Deque<Taken> taken = new ArrayDeque<>();
    private final List<Frame> delivered = new ArrayList<>();
    private boolean isRefusing;
    private boolean isHolding;

    private record Taken(Frame frame, Delivery delivery) {}

    @Override
    public synchronized boolean offer(Frame frame, Delivery delivery) {
        if (isRefusing) {
            return false;
        }
        taken.addLast(new Taken(frame, delivery));
        if (!isHolding) {
            deliverAll();
        }
        return true;
    }

    /** From now on everything is refused, or taken again. */
    public synchronized void refuse(boolean refusing) {
        isRefusing = refusing;
    }

    /** From now on what is taken stays undelivered, or is delivered at once again. */
    public synchronized void hold(boolean holding) {
        isHolding = holding;
        if (!holding) {
            deliverAll();
        }
    }

    public synchronized void deliverAll() {
        while (!taken.isEmpty()) {
            Taken next = taken.removeFirst();
            delivered.add(next.frame);
            next.delivery.acknowledged();
        }
    }

    public synchronized void failAll() {
        while (!taken.isEmpty()) {
            taken.removeFirst().delivery.failed("told to");
        }
    }

    public synchronized List<Frame> delivered() {
        return List.copyOf(delivered);
    }
}
