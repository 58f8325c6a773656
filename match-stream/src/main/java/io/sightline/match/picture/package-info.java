/**
 * Pictures of sightings: a port, and Redis behind it. The Redis form writes in a thread of its own ({@code match-pictures}) from a bounded
 * queue, so that a slow or absent Redis never holds up a decision: what does not fit is dropped and counted.
 */
@NullMarked
package io.sightline.match.picture;

import org.jspecify.annotations.NullMarked;
