/**
 * Every meter of the system is declared once, in {@link io.sightline.runtime.metrics.SightlineMeter}; stages ask it for
 * counters, timers and gauges. Tags are closed sets, or camera ids up to a cap; never a person, a track or a URL. Out:
 * a registry in Prometheus' text form. No threads of its own.
 */
@NullMarked
package io.sightline.runtime.metrics;

import org.jspecify.annotations.NullMarked;
