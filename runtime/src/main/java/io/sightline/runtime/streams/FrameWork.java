package io.sightline.runtime.streams;

import io.sightline.contracts.frame.FrameHeader;

/**
 * What a stage does with one frame. Each task has its own, used by one thread at a time, so it may keep state per camera;
 * tasks may share models.
 *
 * @param <I> the message that comes in
 * @param <O> the message that goes out
 */
public interface FrameWork<I, O> extends AutoCloseable {
    /** The header of a message that came in. */
    FrameHeader header(I in);

    /** The message that stands for a settled frame: a header and nothing else. Never throws. */
    O settled(FrameHeader header);

    /**
     * The stage's work on an open, fresh frame; the answer carries the frame's header with the stage's stamp. It must not
     * hold the frame past the call. Throws {@link UnprocessableFrameException} for a frame that cannot be worked on; any
     * other exception rejects the frame as failed.
     */
    O work(I in);

    /** Frees what belongs to this task. */
    @Override
    default void close() {}
}
