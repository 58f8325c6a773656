package io.sightline.app.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Writes a file whole or not at all: beside its target first, then moved over it. */
public final class WholeFile {
    private WholeFile() {}

    /** Puts content into a file that does not exist yet. */
    public interface Content {
        void writeTo(Path file) throws IOException;
    }

    /** Replaces {@code target}, whose folder is made where it is missing; leaves nothing behind when it fails. */
    public static void write(Path target, Content content) throws IOException {
        Path whole = target.toAbsolutePath();
        Path folder = Optional.ofNullable(whole.getParent()).orElse(whole);
        Files.createDirectories(folder);
        long process = ProcessHandle.current().pid();
        Path part = folder.resolve("." + whole.getFileName() + "." + process + ".part");
        try {
            content.writeTo(part);
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
