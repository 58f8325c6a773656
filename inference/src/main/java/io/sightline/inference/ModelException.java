package io.sightline.inference;

/** A model cannot be had or run: its message says which, why, and what to do. It never carries a credential. */
public class ModelException extends RuntimeException {
    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
