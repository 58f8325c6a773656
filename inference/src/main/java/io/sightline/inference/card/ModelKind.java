package io.sightline.inference.card;

import java.util.Locale;

/** What a model does. */
public enum ModelKind {
    DETECTOR,
    LANDMARKER,
    EMBEDDER;

    /** As cards write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
