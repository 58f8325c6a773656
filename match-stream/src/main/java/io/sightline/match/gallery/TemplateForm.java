package io.sightline.match.gallery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sightline.contracts.face.Embedding;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A template as bytes: version (1 byte, 1), quality (float), enrolled at (long, microseconds UTC), dimension (int), the vector (floats),
 * then the source in UTF-8; little endian. Its field names the model and the source's hash, so one source is kept once per model.
 */
final class TemplateForm {
    private static final byte VERSION = 1;
    private static final int MAX_DIMENSION = 16_384;
    private static final int HEAD_BYTES = 1 + Float.BYTES + Long.BYTES + Integer.BYTES;
    private static final int HASH_BYTES = 16;

    private TemplateForm() {}

    static String field(String modelId, String source) {
        return GalleryKeys.TEMPLATE_PREFIX + modelId + "/" + hash(source);
    }

    /** The model id that a template's field names. */
    static String modelOf(String field) {
        return field.substring(GalleryKeys.TEMPLATE_PREFIX.length(), field.lastIndexOf('/'));
    }

    static byte[] encode(Template template, Instant at) {
        float[] values = template.embedding().values();
        byte[] source = template.source().getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + values.length * Float.BYTES + source.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(VERSION)
                .putFloat((float) template.quality())
                .putLong(micros(at))
                .putInt(values.length);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.put(source).array();
    }

    /** Throws {@link IllegalArgumentException} for bytes that are no template. */
    static EnrolledPerson.Stored decode(String field, byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        try {
            byte version = bytes.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "template of version " + version + ", this release reads " + VERSION);
            }
            float quality = bytes.getFloat();
            Instant at = instant(bytes.getLong());
            int dimension = bytes.getInt();
            if (dimension < 1 || dimension > MAX_DIMENSION) {
                throw new IllegalArgumentException("template of " + dimension + " dimensions");
            }
            float[] values = new float[dimension];
            bytes.asFloatBuffer().get(values);
            bytes.position(bytes.position() + dimension * Float.BYTES);
            String source = UTF_8.decode(bytes).toString();
            Template template = new Template(Embedding.adoptUnit(values), quality, source);
            return new EnrolledPerson.Stored(template, modelOf(field), at);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("template of " + value.length + " bytes is cut short", e);
        }
    }

    static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    private static String hash(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
