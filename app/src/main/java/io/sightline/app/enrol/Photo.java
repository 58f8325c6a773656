package io.sightline.app.enrol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One photo of a person, read when its turn comes. */
public interface Photo {
    /** What the report calls it: its path below the folder, or where it comes from. */
    String label();

    /** Throws {@link IOException} when it cannot be had. */
    byte[] bytes() throws IOException;

    /** A photo that is in memory already. */
    static Photo of(String label, byte[] file) {
        return new Photo() {
            @Override
            public String label() {
                return label;
            }

            @Override
            public byte[] bytes() {
                return file;
            }
        };
    }

    /** A file; one that is too large is not even read. */
    static Photo of(String label, Path file) {
        return new Photo() {
            @Override
            public String label() {
                return label;
            }

            @Override
            public byte[] bytes() throws IOException {
                long size = Files.size(file);
                if (size > PhotoReader.MAX_BYTES) {
                    throw new IOException("the file has " + size + " bytes, at most " + PhotoReader.MAX_BYTES
                            + " are read: save the photo smaller");
                }
                return Files.readAllBytes(file);
            }
        };
    }
}
