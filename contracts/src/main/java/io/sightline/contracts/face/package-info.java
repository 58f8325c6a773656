/** Faces and what is known of each. Coordinates are pixels of the published frame, origin top left, unless said otherwise. */
@NullMarked
package io.sightline.contracts.face;

import org.jspecify.annotations.NullMarked;
