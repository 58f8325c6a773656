package io.sightline.app.report;

import io.sightline.contracts.frame.CameraId;
import java.util.Optional;

/**
 * A sighting as it stands.
 *
 * @param person the name; absent for an unknown
 * @param unknownId absent for a person
 * @param fromS seconds since the camera's first captured frame
 * @param toS the last frame so far, on the same count
 * @param similarity best cosine; for an unknown, to the nearest enrolled person
 * @param isOpen whether it may still go on
 */
public record SightingLine(
        String sightingId,
        CameraId camera,
        Optional<String> person,
        Optional<String> unknownId,
        double fromS,
        double toS,
        long frames,
        double similarity,
        boolean isOpen) {

    private static final String UNKNOWN = "unknown-";

    /** The name, or {@code unknown} with the beginning of its id. */
    public String who() {
        return person.orElseGet(() -> "unknown "
                + unknownId
                        .map(id -> id.startsWith(UNKNOWN) ? id.substring(UNKNOWN.length()) : id)
                        .map(id -> id.substring(0, Math.min(8, id.length())))
                        .orElse(""));
    }
}
