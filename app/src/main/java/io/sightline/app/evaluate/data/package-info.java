/**
 * Pictures, labels and protocols of an evaluation, read from a folder: in, a folder in one of the forms that {@code docs/evaluation.md} describes; out, lists of what is
 * there, whose pictures are read when their turn comes. What is malformed ends the reading with a sentence that names file and line; a picture that is missing or
 * damaged shows only when it is read.
 */
@NullMarked
package io.sightline.app.evaluate.data;

import org.jspecify.annotations.NullMarked;
