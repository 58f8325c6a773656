/**
 * How many frames a camera may have in flight, so that latency is kept and frames are given up instead.
 * Pure: moments are parameters, nothing blocks.
 */
@NullMarked
package io.sightline.ingest.admission;

import org.jspecify.annotations.NullMarked;
