/**
 * From faces to unit vectors. In: records of the topic {@code faces}, each face with its crop and five landmarks. Out: records of the topic
 * {@code embeddings}, each face with its quality and, where that suffices, its vector and aligned picture.
 *
 * <p>{@link io.sightline.embed.EmbedStage} is the entry; {@link io.sightline.embed.FaceEmbedder} does the same to a single picture, for
 * enrolment. All work happens in the calling thread; one embedder serves all threads. The same input gives the same output bytes, but for
 * the stamp. A crop that cannot be read costs its face a vector, never the frame its other faces. A frame whose faces all lack a vector stays
 * open: the matcher settles it.
 */
@NullMarked
package io.sightline.embed;

import org.jspecify.annotations.NullMarked;
