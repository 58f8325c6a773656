package io.sightline.inference.store;

import io.sightline.inference.card.LockedModel;

/**
 * How a model of the lock stands.
 *
 * @param sentence what is so and, where it is not {@link State#READY}, what to do
 */
public record ModelStatus(LockedModel model, State state, String sentence) {
    /** Whether a model can be opened. */
    public enum State {
        /** Card and file are there and have the lock's hash. */
        READY,
        /** The file has not been fetched. */
        MISSING,
        /** The card is wrong, or the file has another hash. */
        WRONG
    }
}
