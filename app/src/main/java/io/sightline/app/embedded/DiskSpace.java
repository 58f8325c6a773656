package io.sightline.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Free space of the file system under a data folder, and the sentence for too little of it. */
record DiskSpace(Path directory, long usableBytes) {
    private static final long MIB = 1 << 20;

    static DiskSpace of(Path directory) {
        try {
            return new DiskSpace(directory, Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "cannot ask for the free space under " + directory + " (" + e.getMessage()
                            + "): check that it exists",
                    e);
        }
    }

    /** What to tell where less than {@code limitBytes} are free. */
    Optional<String> shortage(long limitBytes) {
        return usableBytes >= limitBytes ? Optional.empty() : Optional.of(sentence(limitBytes));
    }

    void require(long limitBytes) {
        shortage(limitBytes).ifPresent(sentence -> {
            throw new EmbeddedServerException(sentence);
        });
    }

    private String sentence(long limitBytes) {
        return "disk full under " + directory + ": " + mib(usableBytes) + " free, the embedded broker needs "
                + mib(limitBytes) + "; free some space, or move the data folder with --home or SIGHTLINE_HOME";
    }

    private static String mib(long bytes) {
        return bytes / MIB + " MiB";
    }
}
