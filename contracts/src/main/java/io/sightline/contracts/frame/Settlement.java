package io.sightline.contracts.frame;

/** A frame's outcome with its reason. A frame that has one is settled; later stages hand it on unread. */
public record Settlement(Outcome outcome, Reason reason) {
    public Settlement {
        if (!reason.explains(outcome)) {
            throw new IllegalArgumentException(
                    "reason " + reason.wireName() + " does not explain outcome " + outcome.wireName());
        }
    }

    /** The outcome of a frame whose faces were looked at. */
    public static Settlement decided(Outcome outcome) {
        return new Settlement(outcome, Reason.DECIDED);
    }

    public static Settlement shed(Reason reason) {
        return new Settlement(Outcome.SHED, reason);
    }

    public static Settlement rejected(Reason reason) {
        return new Settlement(Outcome.REJECTED, reason);
    }
}
