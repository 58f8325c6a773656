/**
 * Video by FFmpeg, called through its preset: opening, reading, decoding, JPEG. In: an address and its options. Out:
 * pictures with their stamps, or a {@link io.sightline.ingest.capture.CaptureException} that names the cause. One thread owns a
 * capture; another may end its blocking calls through its {@link io.sightline.ingest.capture.Interrupt}. Native memory is
 * counted ({@link io.sightline.ingest.capture.NativeCount}) and freed by {@code close}, children first. Nothing here shares a
 * lock between captures.
 *
 * <p>From RTSP, FFmpeg's parser gives out an H.264 or H.265 picture when the next one begins, so a picture is received one
 * frame interval after it was sent. Capture times by the sender's reports show it; latency, which counts from receipt, does not.
 */
@NullMarked
package io.sightline.ingest.capture;

import org.jspecify.annotations.NullMarked;
