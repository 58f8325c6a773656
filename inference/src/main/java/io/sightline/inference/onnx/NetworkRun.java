package io.sightline.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.sightline.inference.ModelException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A network without a card, open on the CPU, with one picture of seeded noise to compute again and again; its owner closes
 * it. Like {@link OnnxModel} it computes the graph with {@code PRelu} written out.
 */
public final class NetworkRun implements AutoCloseable {
    private static final long SEED = 20260101;

    private final NetworkFile network;
    private final OrtSession session;
    private final OnnxTensor picture;

    private NetworkRun(NetworkFile network, OrtSession session, OnnxTensor picture) {
        this.network = network;
        this.session = session;
        this.picture = picture;
    }

    /** Which graph is opened, and how. */
    record Opening(Path graph, OptLevel level, int threads) {}

    /**
     * Throws {@link ModelException} where the runtime refuses the network.
     *
     * @param threads that compute one run, the caller's included
     * @param workDir for the runtime's libraries and changed graphs
     */
    public static NetworkRun open(NetworkFile network, int threads, Path workDir) {
        Optional<Path> changed = withPReluWrittenOut(network, workDir);
        try {
            return open(network, new Opening(changed.orElse(network.file()), OptLevel.ALL_OPT, threads), workDir);
        } finally {
            changed.ifPresent(InnerShapes::delete);
        }
    }

    private static Optional<Path> withPReluWrittenOut(NetworkFile network, Path workDir) {
        boolean hasPRelu = network.outline().getGraph().getNodeList().stream()
                .anyMatch(node -> node.getOpType().equals("PRelu"));
        return hasPRelu
                ? PReluRewrite.apply(network.model()).map(model -> InnerShapes.write(network.file(), model, workDir))
                : Optional.empty();
    }

    static NetworkRun open(NetworkFile network, Opening opening, Path workDir) {
        NativeLibraries.prepare(workDir);
        OrtEnvironment environment = RuntimeEnvironment.get();
        try (OrtSession.SessionOptions options =
                SessionOpener.sessionOptions(OnnxOptions.cpu(opening.threads()), Provider.CPU)) {
            options.setOptimizationLevel(opening.level());
            OrtSession session = environment.createSession(opening.graph().toString(), options);
            try {
                return new NetworkRun(
                        network,
                        session,
                        OnnxTensor.createTensor(environment, noise(network.inputShape()), network.inputShape()));
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new ModelException("ONNX Runtime refuses " + network.file() + ": " + e.getMessage(), e);
        }
    }

    /** Computes the picture once. */
    public void run() {
        run(result -> {});
    }

    void run(Consumer<OrtSession.Result> use) {
        try (OrtSession.Result result = session.run(Map.of(network.inputName(), picture))) {
            use.accept(result);
        } catch (OrtException e) {
            throw new ModelException(
                    network.file() + " failed on a picture of " + network.picture() + " px: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        picture.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new ModelException(network.file() + " could not be closed: " + e.getMessage(), e);
        }
    }

    private static FloatBuffer noise(long[] shape) {
        FloatBuffer noise = OnnxModel.inputBuffer(shape);
        Random random = new Random(SEED);
        while (noise.hasRemaining()) {
            noise.put(2 * random.nextFloat() - 1);
        }
        return noise.flip();
    }
}
