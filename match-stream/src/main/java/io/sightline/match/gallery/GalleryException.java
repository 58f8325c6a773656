package io.sightline.match.gallery;

/** Redis did not do what was asked: it is away, full, or refuses us. The message says which, at which address, and what to do. */
public final class GalleryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GalleryException(String message, Throwable cause) {
        super(message, cause);
    }
}
