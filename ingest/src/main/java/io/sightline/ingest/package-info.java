/**
 * Ingest: cameras to frames. In: cameras ({@link io.sightline.ingest.CameraSpec}), and from the topic {@code settled} how far
 * the stages are. Out: the topics {@code frames} and {@code cameras}. {@link io.sightline.ingest.IngestStage} is the door.
 *
 * <p>Threads: one per camera ({@code ingest-<id>-capture}: reads, decodes, encodes), one that keeps time and house
 * ({@code ingest-control}), one that reads {@code settled} ({@code ingest-settled}), and the producer's own. A camera that fails
 * is tried again for ever with a growing wait; a file ends. A broker that is away costs frames, which are accounted for,
 * never the process.
 */
@NullMarked
package io.sightline.ingest;

import org.jspecify.annotations.NullMarked;
