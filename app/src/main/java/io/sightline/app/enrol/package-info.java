/**
 * Enrolment from people's own photos: files in, templates in the gallery and a report per photo out. No threads; one photo is held at a
 * time. A photo is accepted or refused with a reason, never guessed at: with two faces in it, nobody is enrolled. What is wrong with one photo
 * never stops the others; only the gallery being away does, and the same import run again goes on where it stopped.
 *
 * <p>{@link io.sightline.app.enrol.Enroller} is the entry; {@link io.sightline.app.enrol.PeopleFolder} reads a folder of people.
 */
@NullMarked
package io.sightline.app.enrol;

import org.jspecify.annotations.NullMarked;
