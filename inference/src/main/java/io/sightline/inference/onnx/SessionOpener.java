package io.sightline.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.sightline.inference.ModelException;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.store.VerifiedModel;

/**
 * Opens a session with the options that were measured to matter: idle threads sleep instead of spinning (half the
 * processor time), the thread number is fixed, warnings stay silent, libraries are unpacked once. The environment is the
 * process's single one, which the runtime itself keeps and ends.
 */
final class SessionOpener {
    private final VerifiedModel verified;
    private final OnnxOptions options;

    SessionOpener(VerifiedModel verified, OnnxOptions options) {
        this.verified = verified;
        this.options = options;
    }

    ProviderSearch.Found<OnnxSession> open() {
        byte[] bytes = verified.bytes();
        NativeLibraries.prepare(verified.workDir());
        OrtEnvironment environment = RuntimeEnvironment.get();
        return search().open(provider ->
                open(environment, new GraphRewrites(verified, this).apply(environment, bytes, provider), provider));
    }

    /** A session of a graph that belongs to this model. */
    OnnxSession open(OrtEnvironment environment, byte[] graph, Provider provider) {
        ModelCard card = verified.card();
        try (OrtSession.SessionOptions session = sessionOptions(options, provider)) {
            return new OnnxSession(
                    card.id(), card.input().name(), environment, environment.createSession(graph, session));
        } catch (OrtException e) {
            if (provider != Provider.CPU) {
                throw search().failed(provider, e);
            }
            throw new ModelException(
                    "model " + card.id() + ": ONNX Runtime refuses " + verified.file() + " on " + provider + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private ProviderSearch search() {
        return new ProviderSearch(verified.card().id(), options.providers(), OrtEnvironment.getAvailableProviders());
    }

    static OrtSession.SessionOptions sessionOptions(OnnxOptions options, Provider provider) throws OrtException {
        OrtSession.SessionOptions session = new OrtSession.SessionOptions();
        try {
            session.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            session.setIntraOpNumThreads(options.threads());
            session.setInterOpNumThreads(1);
            session.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            session.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            session.addConfigEntry("session.intra_op.allow_spinning", "0");
            session.addConfigEntry("session.inter_op.allow_spinning", "0");
            switch (provider) {
                case CPU -> {}
                case CUDA -> session.addCUDA(options.device());
                case TENSORRT -> {
                    // Operators that TensorRT leaves go to the GPU too, not to the CPU.
                    session.addTensorrt(options.device());
                    session.addCUDA(options.device());
                }
            }
            return session;
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }
}
