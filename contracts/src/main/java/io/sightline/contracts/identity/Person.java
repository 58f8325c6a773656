package io.sightline.contracts.identity;

/**
 * An enrolled person, as events name them.
 *
 * @param id stable; never reused
 * @param name as given at enrolment
 */
public record Person(String id, String name) {
    public Person {
        if (id.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a person needs an id and a name");
        }
    }
}
