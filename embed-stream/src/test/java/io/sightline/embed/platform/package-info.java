/** What the class path of embed-stream asks of the system beneath it. */
@NullMarked
package io.sightline.embed.platform;

import org.jspecify.annotations.NullMarked;
