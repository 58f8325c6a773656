/**
 * JPEG in and out through FFmpeg. In: bytes from anywhere, whole or not. Out: RGB pictures, or an {@link
 * io.sightline.runtime.streams.UnprocessableFrameException} that says why not. Decoders and encoders hold native memory,
 * belong to one thread each and are closed by whoever made them. FFmpeg types never leave this package.
 */
@NullMarked
package io.sightline.detect.jpeg;

import org.jspecify.annotations.NullMarked;
