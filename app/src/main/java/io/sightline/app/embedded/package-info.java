/**
 * A broker and a Redis that the all-in-one brings along. In: a data folder and limits; out: an address on 127.0.0.1 and a
 * {@link io.sightline.runtime.ops.Health}.
 *
 * <p>Both run as child processes that end when this process does, however it ends: a child reads its standard input and
 * stops at its end. Each is watched by one thread ({@code embedded-broker-supervisor}, {@code embedded-redis-supervisor}) that
 * starts it again on the same port. {@link io.sightline.app.embedded.InProcessBroker} is the same broker without a process
 * of its own, for tests.
 *
 * <p>What cannot be started (folder in use, disk full, no binary) throws {@link io.sightline.app.embedded.EmbeddedServerException},
 * whose message says what to do; what fails later shows in the health and as one warning in the log.
 */
@NullMarked
package io.sightline.app.embedded;

import org.jspecify.annotations.NullMarked;
