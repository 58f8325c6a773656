package io.sightline.match.gallery;

import java.time.Instant;

/**
 * How a matcher's gallery is.
 *
 * @param detail a sentence: what it waits for, or how large it is
 * @param version position in the stream of changes
 * @param lastTurnAt when its thread last made a turn; long ago means that it hangs
 * @param lastInStepAt when Redis last answered it
 */
public record GalleryHealth(State state, String detail, String version, Instant lastTurnAt, Instant lastInStepAt) {
    /** From worst to best. */
    public enum State {
        /** Nothing was loaded yet: a matcher must not decide. */
        WAITING,
        /** Redis is away; the last snapshot serves, changes wait. */
        STALE,
        /** In step with Redis. */
        IN_STEP
    }
}
