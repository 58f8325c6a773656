package io.sightline.app.cli;

/** Something that the command needs is not there; the message says what, and what to do. */
public final class UnmetNeedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnmetNeedException(String message) {
        super(message);
    }

    public UnmetNeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
