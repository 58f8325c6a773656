package io.sightline.app.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Embedding;
import io.sightline.match.gallery.Template;
import io.sightline.match.search.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every gallery that people are enrolled into does, the real one and the fake. */
abstract class EnrolGalleryContract {
    private static final String MODEL = "model-a";

    /** An empty gallery. */
    abstract EnrolGallery gallery();

    @Test
    void nobodyHasSourcesOrLikenessAtFirst() {
        EnrolGallery gallery = gallery();

        assertThat(gallery.sources("Anna", MODEL)).isEmpty();
        assertThat(gallery.mostSimilarOther("Anna", MODEL, vector(1, 0))).isEmpty();
    }

    @Test
    void enrolledSourcesAreKnownFromThenOn() {
        EnrolGallery gallery = gallery();

        gallery.enrol("Anna", MODEL, List.of(template("a", 1, 0), template("b", 1, 1)));
        gallery.enrol("Anna", MODEL, List.of(template("b", 1, 1), template("c", 0, 1)));

        assertThat(gallery.sources("Anna", MODEL)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(gallery.sources("Bob", MODEL)).isEmpty();
    }

    @Test
    void mostSimilarOtherIsNeverThePersonThemselves() {
        EnrolGallery gallery = gallery();
        gallery.enrol("Anna", MODEL, List.of(template("a", 1, 0)));
        gallery.enrol("Bob", MODEL, List.of(template("b", 0, 1), template("b2", 1, 1)));
        gallery.enrol("Carl", MODEL, List.of(template("c", -1, 0)));

        Candidate other = gallery.mostSimilarOther("Anna", MODEL, vector(1, 0)).orElseThrow();

        assertThat(other.person().name()).isEqualTo("Bob");
        assertThat(other.similarity()).isCloseTo(Math.sqrt(0.5), within(1e-6));
    }

    static Template template(String source, float x, float y) {
        return new Template(vector(x, y), 0.8, source);
    }

    static Embedding vector(float x, float y) {
        return Embedding.normalised(new float[] {x, y});
    }
}
