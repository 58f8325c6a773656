/** How far a face can be trusted: size, sharpness, pose, and whether that is enough to compare it. Pure functions; any thread. */
@NullMarked
package io.sightline.embed.quality;

import org.jspecify.annotations.NullMarked;
