package io.sightline.contracts.frame;

import java.util.Locale;

/** Where a capture time comes from, best first. */
public enum TimeSource {
    /** The camera's clock through RTCP sender reports (RFC 3550, section 6.4.1). */
    RTCP,
    /** The stream's own time stamps, anchored at the first arrival. */
    STREAM,
    /** The moment at which ingest had the frame. */
    ARRIVAL,
    /** Position in a file, anchored at the start of its play. */
    FILE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static TimeSource ofWireName(String name) {
        for (TimeSource source : values()) {
            if (source.wireName().equals(name)) {
                return source;
            }
        }
        throw new IllegalArgumentException("no time source is called '" + name + "'");
    }
}
