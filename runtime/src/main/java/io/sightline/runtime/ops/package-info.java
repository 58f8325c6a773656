/**
 * What operators ask one process: is it alive, is it ready and if not what does it wait for, what do its meters say,
 * what is it. In: HTTP GET on one port, on 127.0.0.1 unless told otherwise. Two threads, {@code sightline-ops-1} and
 * {@code -2}, owned by {@link io.sightline.runtime.ops.OpsServer}; a port in use stops the start.
 */
@NullMarked
package io.sightline.runtime.ops;

import org.jspecify.annotations.NullMarked;
