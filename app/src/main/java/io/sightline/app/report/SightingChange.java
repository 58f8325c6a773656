package io.sightline.app.report;

/**
 * A sighting was opened or closed.
 *
 * @param number 0, 1, 2 … in the order in which the collector saw them
 * @param change {@code opened} or {@code closed}
 */
public record SightingChange(long number, String change, SightingLine sighting) {}
