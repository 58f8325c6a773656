package io.sightline.match.search;

import io.sightline.contracts.identity.Person;

/**
 * A person with the best similarity of their templates to a probe.
 *
 * @param similarity cosine, −1 to 1
 */
public record Candidate(Person person, double similarity) {}
