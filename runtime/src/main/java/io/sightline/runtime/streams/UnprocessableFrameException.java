package io.sightline.runtime.streams;

import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;

/** This frame cannot be worked on, and trying again will not help; the stage rejects it by the reason. */
public final class UnprocessableFrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Rejects the frame.
     *
     * @param reason one that explains {@link Outcome#REJECTED}
     * @param message what is wrong with the frame, with values and limits; without secrets
     */
    public UnprocessableFrameException(Reason reason, String message) {
        super(message);
        this.reason = checked(reason);
    }

    public UnprocessableFrameException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = checked(reason);
    }

    public Reason reason() {
        return reason;
    }

    private static Reason checked(Reason reason) {
        if (!reason.explains(Outcome.REJECTED)) {
            throw new IllegalArgumentException("reason " + reason.wireName() + " does not reject a frame");
        }
        return reason;
    }
}
