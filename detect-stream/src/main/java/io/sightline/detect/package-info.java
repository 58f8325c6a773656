/**
 * Frames to faces. In: frames with their JPEG, from {@code frames}. Out, to {@code faces}: each face's box, five landmarks,
 * score, track and crop; a frame without any goes on settled as {@code no_face}.
 *
 * <p>{@link io.sightline.detect.DetectStage} is the entry for a pipeline, {@link io.sightline.detect.FaceDetector} for a
 * single picture; {@link io.sightline.detect.FaceLandmarker} places exactly the landmarks that it placed roughly. Whatever is
 * pure (anchors, decoding, suppression, letterbox, tracking, cuts) knows neither clock nor Kafka.
 *
 * <p>Threads: each Kafka Streams task has its own decoder and its cameras' tracks; the detector is shared by all. State is in
 * memory only: after a restart the next frame begins new tracks. What fails: a picture that is no whole JPEG, or too large,
 * rejects its frame and nothing else.
 */
@NullMarked
package io.sightline.detect;

import org.jspecify.annotations.NullMarked;
