/**
 * Measures models as the product runs them: pictures of a {@link io.sightline.app.evaluate.data.DataFolder} go through the product's own decoding, detector,
 * alignment and runtime, and what comes out through {@code metric}. {@link io.sightline.app.evaluate.Evaluation} is the entry.
 *
 * <p>Threads: {@link io.sightline.app.evaluate.Workers} spreads pictures and blocks of comparisons over a few threads of its own; all else is the caller's. Memory holds a
 * vector per picture and counts per comparison, never pictures. A picture that cannot be read is named and counted and ends nothing; data that contradict themselves, and a model
 * that contradicts its card, end the run with a sentence.
 */
@NullMarked
package io.sightline.app.evaluate;

import org.jspecify.annotations.NullMarked;
