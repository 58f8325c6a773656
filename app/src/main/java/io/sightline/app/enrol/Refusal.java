package io.sightline.app.enrol;

import java.util.Locale;

/** Why a photo, or a folder, enrols nobody. */
public enum Refusal {
    /** Not a picture that can be read. */
    UNREADABLE,
    NO_FACE,
    SEVERAL_FACES,
    TOO_SMALL,
    BLURRED,
    TURNED,
    /** Too much like somebody else who is enrolled. */
    RESEMBLES_ANOTHER,
    /** The name cannot be used, or cannot be told from another folder's. */
    NAME,
    /** A folder without a photo. */
    NO_PHOTO,
    /** More photos of a person than are looked at. */
    TOO_MANY;

    /** The name in reports: {@code no_face}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
