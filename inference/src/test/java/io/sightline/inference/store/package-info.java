/** Tests of the package. */
@NullMarked
package io.sightline.inference.store;

import org.jspecify.annotations.NullMarked;
