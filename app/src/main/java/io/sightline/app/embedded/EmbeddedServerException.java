package io.sightline.app.embedded;

/** An embedded server cannot run; the message says which, why, and what to do. */
public final class EmbeddedServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public EmbeddedServerException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public EmbeddedServerException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    @Override
    public String getMessage() {
        return sentence;
    }
}
