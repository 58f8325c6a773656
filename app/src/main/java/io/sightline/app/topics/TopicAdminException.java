package io.sightline.app.topics;

/** Kafka could not be asked, or refused; the message says what was wanted, what was answered, and what to do. */
public final class TopicAdminException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicAdminException(String message, Throwable cause) {
        super(message, cause);
    }
}
