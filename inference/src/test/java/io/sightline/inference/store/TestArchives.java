package io.sightline.inference.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Archives as npm makes them. */
final class TestArchives {
    private static final int BLOCK = 512;

    private TestArchives() {}

    /** A gzipped tar with these plain files. */
    static byte[] tgz(Map<String, byte[]> files) {
        return gzipped(tar(files));
    }

    static byte[] gzipped(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        files.forEach((name, content) -> {
            out.writeBytes(header(name, content.length));
            out.writeBytes(content);
            out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        });
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    /** A name of more than 100 bytes is split at a slash, as ustar says. */
    private static byte[] header(String name, int size) {
        byte[] header = new byte[BLOCK];
        int split = name.length() > 100 ? name.lastIndexOf('/') : -1;
        put(header, 0, name.substring(split + 1));
        put(header, 345, split < 0 ? "" : name.substring(0, split));
        put(header, 124, "%011o".formatted(size));
        header[156] = '0';
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
