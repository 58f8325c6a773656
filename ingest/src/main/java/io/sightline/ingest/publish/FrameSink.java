package io.sightline.ingest.publish;

import io.sightline.contracts.frame.Frame;

/**
 * Where frames go: the topic, or a test's list. Records of one camera arrive in the order in which they were taken.
 * Thread-safe.
 */
public interface FrameSink {
    /**
     * Hands a frame on and returns at once.
     *
     * @return whether it was taken. If so, {@code delivery} hears of its fate exactly once, on any thread, also before this
     *     returns; if not (queue full, broker not known), never
     */
    boolean offer(Frame frame, Delivery delivery);

    /** Hears what became of a frame. Must be quick and must not throw. */
    interface Delivery {
        /** Every replica has it. */
        void acknowledged();

        /** It is not there, and never will be: the sink has given up. */
        void failed(String why);
    }
}
