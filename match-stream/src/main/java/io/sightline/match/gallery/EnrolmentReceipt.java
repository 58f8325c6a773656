package io.sightline.match.gallery;

import io.sightline.contracts.identity.Person;

/**
 * What an enrolment changed.
 *
 * @param isNew whether the person was not enrolled before
 * @param added templates that are new; those whose source was known are not added again
 * @param known templates whose source was there already
 */
public record EnrolmentReceipt(Person person, boolean isNew, int added, int known) {}
