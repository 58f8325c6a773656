/**
 * Runs a verified model with ONNX Runtime. In: float buffers. Out: {@link io.sightline.inference.onnx.TensorMap}s of plain
 * arrays; no native object outlives the call that made it, but for the session, which its
 * {@link io.sightline.inference.onnx.OnnxModel} owns. Threads: callers' own, plus the session's fixed number.
 */
@NullMarked
package io.sightline.inference.onnx;

import org.jspecify.annotations.NullMarked;
