package io.sightline.match.gallery;

import io.sightline.contracts.identity.Person;

/**
 * What was erased from Redis when a person was removed.
 *
 * @param templates vectors erased
 * @param pictures pictures of sightings erased
 */
public record RemovalReceipt(Person person, int templates, int pictures) {}
