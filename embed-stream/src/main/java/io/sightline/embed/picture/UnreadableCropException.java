package io.sightline.embed.picture;

import org.jspecify.annotations.Nullable;

/** A face's crop cannot be decoded; the message says why. */
public final class UnreadableCropException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableCropException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
