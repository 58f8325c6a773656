package io.sightline.embed;

import io.sightline.inference.RgbImage;
import io.sightline.inference.SharedBatcher;
import io.sightline.inference.onnx.ProviderChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A network that faces of several frames go through together: an accelerator takes many in little more time than one. Frames wait for
 * each other as long as the settings say; each stream thread waits for its own faces. Owns the network.
 */
final class SharedFaceNetwork implements FaceNetwork {
    /** More frames than have faces at one moment in all threads of a worker. */
    private static final int MAX_FRAMES = OnnxFaceNetwork.MAX_BATCH;

    private final FaceNetwork network;
    private final SharedBatcher<FrameFaces, List<float[]>> batcher;
    private final LongConsumer waitedNanos;

    private record FrameFaces(List<RgbImage> faces, long sinceNanos) {}

    SharedFaceNetwork(FaceNetwork network, Duration longestWait, LongConsumer waitedNanos) {
        this.network = network;
        this.waitedNanos = waitedNanos;
        this.batcher = SharedBatcher.start(
                "faces", new SharedBatcher.Limits(MAX_FRAMES, longestWait, 2 * MAX_FRAMES), this::together);
    }

    @Override
    public String modelId() {
        return network.modelId();
    }

    @Override
    public ProviderChoice computedOn() {
        return network.computedOn();
    }

    /** Waits; {@link IllegalStateException} when the thread is interrupted meanwhile. */
    @Override
    public List<float[]> vectors(List<RgbImage> aligned) {
        try {
            return batcher.call(new FrameFaces(aligned, System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while faces waited for the network", e);
        }
    }

    private List<List<float[]>> together(List<FrameFaces> frames) {
        long now = System.nanoTime();
        frames.forEach(frame -> waitedNanos.accept(now - frame.sinceNanos()));
        List<float[]> vectors = network.vectors(
                frames.stream().flatMap(frame -> frame.faces().stream()).toList());
        List<List<float[]>> apart = new ArrayList<>(frames.size());
        int from = 0;
        for (FrameFaces frame : frames) {
            int to = from + frame.faces().size();
            apart.add(vectors.subList(from, to));
            from = to;
        }
        return apart;
    }

    @Override
    public void close() {
        batcher.close();
        network.close();
    }
}
