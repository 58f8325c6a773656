/**
 * A face laid onto the template that recognisers are trained on: five landmarks in, a transform, its residual and a 112×112
 * picture out. Pure functions; any thread.
 *
 * <p>Coordinates are continuous: pixel i covers [i, i + 1) and its middle is i + 0.5, as the detector gives them.
 */
@NullMarked
package io.sightline.inference.align;

import org.jspecify.annotations.NullMarked;
