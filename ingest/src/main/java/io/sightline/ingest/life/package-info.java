/**
 * A camera's life as a pure machine: which phase it is in, why, and when to try again. No clock, no thread: the moment
 * and the random numbers are parameters.
 */
@NullMarked
package io.sightline.ingest.life;

import org.jspecify.annotations.NullMarked;
