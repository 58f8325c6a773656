package io.sightline.match.gallery;

import io.sightline.contracts.face.Embedding;

/**
 * One unit vector of a person.
 *
 * @param quality of the face it was made from, 0 to 1
 * @param source what it was made from, one text per picture (the picture's hash): the same source is kept once per model
 */
public record Template(Embedding embedding, double quality, String source) {
    static final int MAX_SOURCE_CHARACTERS = 1_000;

    public Template {
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("template quality " + quality + " is not within 0 and 1");
        }
        if (source.isBlank() || source.length() > MAX_SOURCE_CHARACTERS) {
            throw new IllegalArgumentException("template source of " + source.length() + " characters: 1 to "
                    + MAX_SOURCE_CHARACTERS + " are allowed");
        }
    }
}
