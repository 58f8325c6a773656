package io.sightline.match.decide;

import io.sightline.contracts.identity.Person;
import java.util.Optional;

/**
 * Who the frames of a track have supported, one after the other, and since when: what a sighting is opened from.
 *
 * @param person whom they name; empty when they show a stranger
 * @param firstSeq the first supporting frame
 * @param firstMicros when that was captured
 * @param frames supporting frames
 * @param similarity the best of them
 * @param counted how many of the frames a sighting has counted already
 */
public record Claim(
        Optional<Person> person, long firstSeq, long firstMicros, int frames, double similarity, int counted) {

    public static Claim begin(Optional<Person> person, FrameMoment at, double similarity) {
        return new Claim(person, at.id().seq(), at.capturedAtMicros(), 1, similarity, 0);
    }

    /** With one more supporting frame. */
    public Claim plus(double another) {
        return new Claim(person, firstSeq, firstMicros, frames + 1, Math.max(similarity, another), counted);
    }

    /** All frames so far stand in a sighting. */
    public Claim allCounted() {
        return new Claim(person, firstSeq, firstMicros, frames, similarity, frames);
    }

    public boolean isOf(Optional<Person> other) {
        return person.map(Person::id).equals(other.map(Person::id));
    }
}
