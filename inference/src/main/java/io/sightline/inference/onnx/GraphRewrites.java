package io.sightline.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sightline.inference.ModelException;
import io.sightline.inference.card.InputSpec;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.store.VerifiedModel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is changed in a graph between its verified file and the session: fixed picture sizes are freed where the card says
 * that any multiple is computed; on the CPU, {@code PRelu} is written out and tiny weights become zero. These two are kept
 * only when a run of both graphs gives the same results.
 */
final class GraphRewrites {
    private static final Logger LOG = LoggerFactory.getLogger(GraphRewrites.class);

    private final VerifiedModel verified;
    private final SessionOpener opener;

    GraphRewrites(VerifiedModel verified, SessionOpener opener) {
        this.verified = verified;
        this.opener = opener;
    }

    byte[] apply(OrtEnvironment environment, byte[] original, Provider provider) {
        Model model = parse(original);
        InputSpec input = verified.card().input();
        boolean isFree = !input.width().isFixed() || !input.height().isFixed();
        Model sized = isFree ? FreeInputSize.apply(model, input) : model;
        byte[] graph = isFree ? sized.toByteArray() : original;
        if (provider != Provider.CPU) {
            return graph;
        }
        return fasterOnCpu(sized)
                .map(Model::toByteArray)
                .map(fast ->
                        new RewriteProof(verified, opener).holds(environment, graph, fast) ? fast : fallBack(graph))
                .orElse(graph);
    }

    /** Empty where nothing would change. */
    private static Optional<Model> fasterOnCpu(Model model) {
        Optional<Model> flushed = TinyWeights.apply(model);
        return PReluRewrite.apply(flushed.orElse(model)).or(() -> flushed);
    }

    private byte[] fallBack(byte[] graph) {
        LOG.warn(
                "model {}: its graph is not rewritten for this processor, since results would differ; it runs, but slower",
                verified.card().id());
        return graph;
    }

    private Model parse(byte[] original) {
        try {
            return Model.parseFrom(original);
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(
                    "model " + verified.card().id() + ": " + verified.file() + " is no ONNX model: " + e.getMessage(),
                    e);
        }
    }
}
