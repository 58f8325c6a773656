/**
 * What the stages need to run a trained network: {@code card} says what a model is, {@code store} finds and verifies its
 * file, {@code onnx} runs it, {@code align} lays faces onto the template; here are the picture buffer and the batcher. In: a
 * models folder and a cache folder. Out: arrays; no native object leaves this module. Threads: callers' own, but for
 * {@link io.sightline.inference.SharedBatcher}'s one. What may fail throws
 * {@link io.sightline.inference.ModelException} with a sentence that says what to do.
 */
@NullMarked
package io.sightline.inference;

import org.jspecify.annotations.NullMarked;
