/**
 * Which pictures are taken, when a file's picture is due, and when a picture was seen: arithmetic on time stamps, no
 * clock. Micros are UTC or positions in a stream, nanos are monotonic; the two never meet in a subtraction.
 */
@NullMarked
package io.sightline.ingest.timing;

import org.jspecify.annotations.NullMarked;
