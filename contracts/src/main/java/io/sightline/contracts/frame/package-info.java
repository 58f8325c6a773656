/**
 * A frame's identity, times and fate: the words that every stage shares. Pure values, no clock, no I/O; malformed
 * values throw {@link java.lang.IllegalArgumentException} in the constructor.
 */
@NullMarked
package io.sightline.contracts.frame;

import org.jspecify.annotations.NullMarked;
