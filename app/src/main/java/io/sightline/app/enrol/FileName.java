package io.sightline.app.enrol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A file's name as people wrote it. Java decodes names by the locale, so that under {@code LANG=C} each letter beyond ASCII becomes a
 * question mark; the path's URI holds the bytes themselves, which are UTF-8 on every system in use.
 *
 * @param text in Unicode's composed form (NFC); names that differ in form alone have the same text
 * @param raw as the file system has it, by which names that differ in form are told apart
 */
record FileName(String text, String raw) {
    private static final Set<String> PHOTO_EXTENSIONS = Set.of("jpg", "jpeg", "png", "webp");
    private static final Set<String> LEFT_BY_SYSTEMS = Set.of("thumbs.db", "desktop.ini");

    /** Empty when the name's bytes are no UTF-8. */
    static Optional<FileName> of(Path file) {
        String path = file.toUri().getRawPath();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        byte[] bytes = unescaped(trimmed.substring(trimmed.lastIndexOf('/') + 1));
        try {
            String raw = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(new FileName(Normalizer.normalize(raw, Normalizer.Form.NFC), raw));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Hidden by its name, or left behind by a system: not meant as a photo. */
    boolean isIgnored() {
        return raw.startsWith(".") || LEFT_BY_SYSTEMS.contains(raw.toLowerCase(Locale.ROOT));
    }

    boolean isPhoto() {
        int dot = text.lastIndexOf('.');
        return dot > 0 && PHOTO_EXTENSIONS.contains(text.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** Without what follows the last dot. */
    FileName stem() {
        return new FileName(beforeDot(text), beforeDot(raw));
    }

    private static String beforeDot(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static byte[] unescaped(String uriSegment) {
        var bytes = new ByteArrayOutputStream(uriSegment.length());
        for (int i = 0; i < uriSegment.length(); i++) {
            char letter = uriSegment.charAt(i);
            if (letter == '%') {
                bytes.write(Integer.parseInt(uriSegment.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(letter).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
