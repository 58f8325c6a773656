/**
 * The figures of face recognition and detection, computed from similarities, vectors and boxes. Pure: no file, clock, thread or picture. Words are those of
 * ISO/IEC 19795-1: a comparison is mated when both sides are of one person; a search of an enrolled person is mated, one of a stranger non-mated.
 *
 * <p>A similarity of {@link Float#NaN} stands for a comparison that could not be made because a picture gave no vector.
 */
@NullMarked
package io.sightline.app.evaluate.metric;

import org.jspecify.annotations.NullMarked;
