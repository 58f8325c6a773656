package io.sightline.ingest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the certificate of an {@code rtsps} or {@code https} camera is checked.
 *
 * @param caFile trusted authorities, PEM; without it the system's list
 */
public record TlsSettings(Verify verify, Optional<Path> caFile) {
    /** Whether an unknown or wrong certificate ends the connection. */
    public enum Verify {
        YES,
        NO
    }

    /** Checked against the system's authorities. */
    public static TlsSettings defaults() {
        return new TlsSettings(Verify.YES, Optional.empty());
    }
}
