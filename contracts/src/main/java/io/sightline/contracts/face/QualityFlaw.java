package io.sightline.contracts.face;

import java.util.Locale;

/** Why a face is not good enough to be compared with anybody; the first that applies, in this order. */
public enum QualityFlaw {
    /** Too few pixels across. */
    SIZE,
    /** Too little detail: out of focus, moving, compressed, or its crop cannot be read. */
    BLUR,
    /** Turned too far from the camera, or its landmarks do not make a face. */
    POSE;

    /** The name on the wire and in metric tags: {@code size}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static QualityFlaw ofWireName(String name) {
        for (QualityFlaw flaw : values()) {
            if (flaw.wireName().equals(name)) {
                return flaw;
            }
        }
        throw new IllegalArgumentException("no flaw is called '" + name + "'");
    }
}
