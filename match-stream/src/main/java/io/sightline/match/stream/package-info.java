/**
 * The shell around deciding and sightings: reads records, keeps state in two changelogged stores, forwards to the sinks. One thread per
 * task, Kafka Streams' own. A record that cannot be read or decided is parked and its frame rejected; the next one goes on.
 */
@NullMarked
package io.sightline.match.stream;

import org.jspecify.annotations.NullMarked;
