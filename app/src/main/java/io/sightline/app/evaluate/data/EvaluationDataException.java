package io.sightline.app.evaluate.data;

/** The data cannot serve the evaluation that was asked for; the message says what, where, and what to do. */
public final class EvaluationDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EvaluationDataException(String message) {
        super(message);
    }

    public EvaluationDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
