/** Tests of the package. */
@NullMarked
package io.sightline.inference.card;

import org.jspecify.annotations.NullMarked;
