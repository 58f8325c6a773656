package io.sightline.contracts.wire;

import io.sightline.contracts.frame.FrameHeader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** These bytes are not such a message. Carries the frame's header where that much could be read. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<FrameHeader> header;

    public MalformedMessageException(String message, Optional<FrameHeader> header, @Nullable Throwable cause) {
        super(message, cause);
        this.header = header;
    }

    /** The frame that the bytes were about, if they said so readably. */
    public Optional<FrameHeader> header() {
        return header;
    }
}
