package io.sightline.match.decide;

import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Receipt;

/**
 * The name that a track's evidence gave last.
 *
 * @param atMicros capture time of the frame that supported it
 */
public record Naming(Person person, Receipt receipt, long atMicros) {}
