/**
 * What the stages on Kafka Streams share. {@link io.sightline.runtime.streams.FrameStage} is the way of a record
 * through detect and embed: in come bytes, out goes exactly one record per frame, and a dead letter for what could not
 * be used. {@link io.sightline.runtime.streams.StreamsRole} runs a topology: it waits for broker and topics, joins and
 * leaves the group, replaces threads that die, and says how it is. Threads: Kafka's stream threads, and one {@code
 * <application id>-supervisor} per role.
 */
@NullMarked
package io.sightline.runtime.streams;

import org.jspecify.annotations.NullMarked;
