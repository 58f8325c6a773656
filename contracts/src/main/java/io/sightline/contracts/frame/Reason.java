package io.sightline.contracts.frame;

import java.util.Locale;

/** Why a frame has its {@link Outcome}; each reason belongs to one outcome, or ({@link #DECIDED}) to those that a look gives. */
public enum Reason {
    /** The faces were looked at; outcomes identified, unknown, low_quality, no_face. */
    DECIDED,
    /** Shed before encoding: the camera had as many frames in flight as it may. */
    ADMISSION,
    /** Shed by a stage: older than max-age when its turn came. */
    EXPIRED,
    /** Shed at ingest: the broker was away or its queue full. */
    BROKER,
    /** Shed at ingest: decoding is the limit. */
    DECODER,
    /** Rejected: the picture cannot be decoded. */
    UNDECODABLE,
    /** Rejected: the picture, or its record, is over the size limit. */
    OVERSIZE,
    /** Rejected: the record is not a message of ours, but its frame could be told. */
    MALFORMED,
    /** Rejected: a stage failed on it, and would again. */
    FAILED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Reason ofWireName(String name) {
        for (Reason reason : values()) {
            if (reason.wireName().equals(name)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no reason is called '" + name + "'");
    }

    /** Whether a frame with this reason may have that outcome. */
    public boolean explains(Outcome outcome) {
        return switch (this) {
            case DECIDED -> outcome != Outcome.SHED && outcome != Outcome.REJECTED;
            case ADMISSION, EXPIRED, BROKER, DECODER -> outcome == Outcome.SHED;
            case UNDECODABLE, OVERSIZE, MALFORMED, FAILED -> outcome == Outcome.REJECTED;
        };
    }
}
