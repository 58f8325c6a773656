package io.sightline.app.enrol;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.face.Quality;
import java.util.function.Function;

/** What a photo is good for, taken by itself. */
public sealed interface PhotoVerdict {
    <T> T fold(Function<Usable, T> usable, Function<Refused, T> refused);

    /** One face, good enough to enrol. */
    record Usable(Embedding embedding, Quality quality) implements PhotoVerdict {
        @Override
        public <T> T fold(Function<Usable, T> usable, Function<Refused, T> refused) {
            return usable.apply(this);
        }
    }

    /**
     * Enrols nobody.
     *
     * @param sentence what is wrong, with values, and what to do
     */
    record Refused(Refusal reason, String sentence) implements PhotoVerdict {
        @Override
        public <T> T fold(Function<Usable, T> usable, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
