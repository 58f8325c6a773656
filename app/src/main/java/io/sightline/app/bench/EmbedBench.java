package io.sightline.app.bench;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.InputSpec;
import io.sightline.inference.onnx.OnnxModel;
import io.sightline.inference.onnx.OnnxOptions;
import io.sightline.inference.onnx.Provider;
import io.sightline.inference.store.VerifiedModel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Faces a second of an embedder's network alone, by provider and batch: the input lies in a direct buffer, each run is timed with the
 * copies to and from the device, and the median of the rounds counts. {@code tests/bench/embed_in_python.py} does the same.
 */
public final class EmbedBench {
    private static final int SIDE_PX = 112;
    private static final int CHANNELS = 3;
    private static final int LEVELS = 256;
    private static final int WARM_UP_RUNS = 5;
    private static final long SEED = 20260101;

    private final VerifiedModel embedder;
    private final int threads;
    private final int rounds;
    private final LongSupplier nanos;

    /** {@code nanos}: a monotonic ticker. */
    public EmbedBench(VerifiedModel embedder, int threads, int rounds, LongSupplier nanos) {
        this.embedder = embedder;
        this.threads = threads;
        this.rounds = rounds;
        this.nanos = nanos;
    }

    /** One figure for each batch; throws {@link ModelException} where the provider or a batch cannot be had. */
    public List<Figure> run(Provider provider, List<Integer> batches) {
        for (int batch : batches) {
            if (batch > 1 && !embedder.card().embedder().batches()) {
                throw new ModelException("model " + embedder.card().id()
                        + " takes one face a run by its card, so it has no batch of " + batch
                        + ": leave it out, or choose another model with --embedder");
            }
        }
        List<Figure> figures = new ArrayList<>();
        try (OnnxModel model = OnnxModel.open(embedder, new OnnxOptions(threads, List.of(provider)))) {
            for (int batch : batches) {
                figures.add(new Figure(provider, batch, medianNanos(model, batch)));
            }
        }
        return figures;
    }

    private long medianNanos(OnnxModel model, int batch) {
        FloatBuffer faces = noise(batch);
        long[] took = new long[rounds];
        for (int round = -WARM_UP_RUNS; round < rounds; round++) {
            long begun = nanos.getAsLong();
            model.run(faces, batch, CHANNELS, SIDE_PX, SIDE_PX);
            if (round >= 0) {
                took[round] = nanos.getAsLong() - begun;
            }
        }
        Arrays.sort(took);
        return took[rounds / 2];
    }

    private FloatBuffer noise(int batch) {
        InputSpec input = embedder.card().input();
        FloatBuffer noise = OnnxModel.inputBuffer(batch, CHANNELS, SIDE_PX, SIDE_PX);
        Random random = new Random(SEED);
        while (noise.hasRemaining()) {
            noise.put(input.normalised(random.nextInt(LEVELS)));
        }
        return noise.flip();
    }

    /**
     * What one batch took.
     *
     * @param medianNanos of one run of {@code batch} faces
     */
    public record Figure(Provider provider, int batch, long medianNanos) {
        public double facesPerSecond() {
            return batch * 1e9 / medianNanos;
        }
    }
}
