/** Tests of the module's own types. */
@NullMarked
package io.sightline.inference;

import org.jspecify.annotations.NullMarked;
