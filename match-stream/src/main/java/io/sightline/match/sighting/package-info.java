/**
 * From decided faces to visits: {@link io.sightline.match.sighting.SightingBook} opens, continues and closes the sightings of one camera.
 * Pure; the caller publishes the events and hands the pictures on.
 */
@NullMarked
package io.sightline.match.sighting;

import org.jspecify.annotations.NullMarked;
