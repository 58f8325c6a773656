package io.sightline.inference.card;

/**
 * A model as the lock names it.
 *
 * @param file its name in the models or cache folder
 * @param sha256 64 lower-case hexadecimal digits
 * @param sizeBytes of the file
 */
public record LockedModel(String id, String file, String sha256, long sizeBytes, ModelOrigin origin, String licence) {
    /** The largest model file that a lock may name. */
    public static final long MAX_SIZE_BYTES = 512L << 20;
}
