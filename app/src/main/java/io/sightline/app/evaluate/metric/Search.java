package io.sightline.app.evaluate.metric;

import io.sightline.match.search.DotProducts;

/**
 * A probe against a gallery of one template per person: the best candidate, the best other one, and the probe's own person.
 *
 * @param best similarity of the most similar person
 * @param other of the second; −1 in a gallery of one
 * @param own of the probe's own person; NaN for a stranger
 */
record Search(float best, float other, float own) {
    static Search of(VectorTable gallery, float[] probe, int person, DotProducts products) {
        float[] similarities = new float[gallery.rows()];
        products.compute(gallery.values(), 0, gallery.rows(), probe, similarities);
        float best = -1;
        float other = -1;
        float own = Float.NaN;
        for (int row = 0; row < similarities.length; row++) {
            float similarity = similarities[row];
            if (similarity > best) {
                other = best;
                best = similarity;
            } else {
                other = Math.max(other, similarity);
            }
            if (gallery.person(row) == person) {
                own = similarity;
            }
        }
        return new Search(best, other, own);
    }

    /** Whether the own person is the most similar one. */
    boolean isOwnBest() {
        return own == best;
    }

    boolean isNamed(double threshold, double margin) {
        return best >= threshold && best - other >= margin;
    }
}
