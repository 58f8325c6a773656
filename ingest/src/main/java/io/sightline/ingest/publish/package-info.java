/**
 * From captured frames to the topic: sequence numbers, runs of settled frames, the producer. In: a picture or the
 * reason why there is none, on the camera's thread. Out: records in order, none missing. Nothing here blocks; what the
 * broker does not take becomes a run of frames shed for that reason, kept as a range of numbers until it can be said.
 */
@NullMarked
package io.sightline.ingest.publish;

import org.jspecify.annotations.NullMarked;
