package io.sightline.inference.onnx;

import java.nio.FloatBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A few direct buffers for inputs that come as arrays: freeing one waits for the garbage collector, so they are kept. */
final class InputBuffers {
    private static final int KEPT = 16;

    private final BlockingQueue<FloatBuffer> free = new ArrayBlockingQueue<>(KEPT);

    /** A cleared buffer of at least that many floats, which nobody else holds; its limit is {@code floats}. */
    FloatBuffer take(int floats) {
        FloatBuffer buffer = free.poll();
        if (buffer == null || buffer.capacity() < floats) {
            buffer = OnnxModel.inputBuffer(floats);
        }
        buffer.clear().limit(floats);
        return buffer;
    }

    /** Dropped when enough are kept. */
    void giveBack(FloatBuffer buffer) {
        if (!free.offer(buffer)) {
            buffer.clear();
        }
    }
}
