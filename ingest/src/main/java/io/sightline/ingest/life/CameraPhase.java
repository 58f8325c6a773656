package io.sightline.ingest.life;

import java.util.Locale;

/** Where a camera is in its life. */
public enum CameraPhase {
    /** The first attempt to open it. */
    CONNECTING,
    /** Pictures arrive. */
    STREAMING,
    /** It failed or fell silent; the next attempt is due, or under way. */
    RECONNECTING,
    /** A file's end, or a file that cannot be played. Live cameras never end. */
    ENDED,
    /** Somebody asked for it. */
    STOPPED;

    /** The name on the topic {@code cameras}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the meter {@code sightline.camera.state} shows. */
    public int number() {
        return switch (this) {
            case CONNECTING -> 0;
            case STREAMING -> 1;
            case RECONNECTING -> 2;
            case ENDED -> 3;
            case STOPPED -> 4;
        };
    }

    /** Whether nothing more comes from it. */
    public boolean isFinal() {
        return this == ENDED || this == STOPPED;
    }
}
