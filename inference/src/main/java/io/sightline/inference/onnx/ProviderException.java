package io.sightline.inference.onnx;

import io.sightline.inference.ModelException;

/** A provider that settings list cannot be used: the message names it, what the runtime has, and the cure. */
public final class ProviderException extends ModelException {
    private final Provider provider;

    ProviderException(Provider provider, String message) {
        super(message);
        this.provider = provider;
    }

    ProviderException(Provider provider, String message, Throwable cause) {
        super(message, cause);
        this.provider = provider;
    }

    /** The one that is missing or fails. */
    public Provider provider() {
        return provider;
    }
}
