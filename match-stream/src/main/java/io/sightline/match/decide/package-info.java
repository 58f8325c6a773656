/**
 * Who a track is: evidence gathered over its frames, searched in the gallery, decided by threshold and margin. Pure records and
 * functions; {@link io.sightline.match.decide.FrameDecider} is the door. Nothing here does I/O or reads a clock; malformed values throw
 * {@link java.lang.IllegalArgumentException}.
 */
@NullMarked
package io.sightline.match.decide;

import org.jspecify.annotations.NullMarked;
