/** Benchmarks: real cameras over RTSP through the whole path, with the CPU that each stage took. Figures, never tests. */
@NullMarked
package io.sightline.app.bench;

import org.jspecify.annotations.NullMarked;
