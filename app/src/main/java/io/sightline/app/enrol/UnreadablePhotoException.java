package io.sightline.app.enrol;

import org.jspecify.annotations.Nullable;

/** A file is no photo that can be read; the message says why, and what to do. */
public final class UnreadablePhotoException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadablePhotoException(String message) {
        this(message, null);
    }

    UnreadablePhotoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
