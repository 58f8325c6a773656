package io.sightline.contracts.ops;

import java.util.Locale;

/** The four steps of a frame's way. */
public enum Stage {
    INGEST,
    DETECT,
    EMBED,
    MATCH;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
