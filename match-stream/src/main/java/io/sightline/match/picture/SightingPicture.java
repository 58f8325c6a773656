package io.sightline.match.picture;

import io.sightline.contracts.frame.Jpeg;
import java.util.Optional;

/**
 * The best face of a sighting so far; a later one under the same key replaces it.
 *
 * @param key as the sighting's events name it
 * @param personId who it shows, for erasure; empty for an unknown
 */
public record SightingPicture(String key, Optional<String> personId, Jpeg jpeg) {}
