/** JPEG in and out through the JDK alone, so that this stage needs no FFmpeg. Any thread; nothing is kept between calls. */
@NullMarked
package io.sightline.embed.picture;

import org.jspecify.annotations.NullMarked;
