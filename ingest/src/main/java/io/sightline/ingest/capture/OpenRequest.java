package io.sightline.ingest.capture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What to open, and how.
 *
 * @param address what FFmpeg gets: may carry credentials, so this record does not print it
 * @param shown the same without credentials, for messages
 * @param host for telling an unknown host from other failures; empty for a file
 * @param openTimeout until the source must be open
 * @param readTimeout between two pictures
 * @param tls empty where the connection is not a secure one
 * @param startAt a file's first picture is the first at or after this
 */
public record OpenRequest(
        String address,
        String shown,
        Transport transport,
        String host,
        Duration openTimeout,
        Duration readTimeout,
        Optional<Tls> tls,
        Duration startAt) {

    /** How the bytes come. */
    public enum Transport {
        RTSP,
        HTTP,
        FILE
    }

    /**
     * How a server's certificate is checked.
     *
     * @param caFile the authorities that are trusted, PEM; without it the system's
     */
    public record Tls(Verify verify, Optional<Path> caFile) {
        public enum Verify {
            YES,
            NO
        }
    }

    @Override
    public String toString() {
        return "OpenRequest[" + shown + "]";
    }
}
