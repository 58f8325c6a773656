package io.sightline.runtime.metrics;

import org.jspecify.annotations.Nullable;

/** What a meter's number counts or measures. Physical units become a suffix of the name in Prometheus, counted things do not. */
public enum MeterUnit {
    NONE(""),
    FRAME("frames"),
    FACE("faces"),
    RECORD("records"),
    SECOND("seconds"),
    BYTE("bytes"),
    /** From 0 to 1. */
    RATIO("ratio"),
    /** From 0 to 100; of cosines, too. */
    PERCENT("percent"),
    CELSIUS("celsius"),
    WATT("watts");

    private final String text;

    MeterUnit(String text) {
        this.text = text;
    }

    /** As people read it; empty for {@link #NONE}. */
    public String text() {
        return text;
    }

    /** What a registry appends to the name; null for counted things. */
    @Nullable
    String suffix() {
        return switch (this) {
            case NONE, FRAME, FACE, RECORD -> null;
            case SECOND, BYTE, RATIO, PERCENT, CELSIUS, WATT -> text;
        };
    }
}
