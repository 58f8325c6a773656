package io.sightline.inference.store;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads one entry of a gzipped tar (POSIX.1-1988 ustar, as npm writes it) without unpacking the others. */
final class TarArchive {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int TYPE_AT = 156;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;

    private TarArchive() {}

    /** The bytes of the plain file {@code name}; throws {@link IOException} when it is larger than {@code maxBytes}. */
    static Optional<byte[]> entry(Path archive, String name, long maxBytes) throws IOException {
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            byte[] header = new byte[BLOCK];
            while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
                long size = octal(header);
                boolean isPlain = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
                if (isPlain && name(header).equals(name)) {
                    return Optional.of(content(in, name, size, maxBytes));
                }
                in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
            }
            return Optional.empty();
        }
    }

    private static byte[] content(InputStream in, String name, long size, long maxBytes) throws IOException {
        if (size > maxBytes) {
            throw new IOException(name + " has " + size + " bytes, more than the " + maxBytes + " expected");
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length != size) {
            throw new EOFException("the archive ends within " + name);
        }
        return content;
    }

    private static String name(byte[] header) {
        String prefix = text(header, PREFIX_AT, PREFIX_BYTES);
        return (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, NAME_BYTES);
    }

    private static long octal(byte[] header) throws IOException {
        String digits = text(header, SIZE_AT, SIZE_BYTES).trim();
        try {
            return Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("not a tar archive: size '" + digits + "'", e);
        }
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }
}
