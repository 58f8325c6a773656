package io.sightline.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.sightline.inference.card.InputSpec;
import io.sightline.inference.store.Sha256;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a rewritten graph computes what the original does: both run on the same seeded picture. A proof is remembered as
 * an empty file named by the hashes of the model and of the rewritten graph; the graph itself is made anew from the verified
 * file at each start, so nothing in the folder changes what runs.
 */
final class RewriteProof {
    private static final Logger LOG = LoggerFactory.getLogger(RewriteProof.class);
    private static final long SEED = 20260101;
    /** Of the largest value of the tensor. */
    private static final float TOLERANCE = 1e-5f;

    private final VerifiedModel verified;
    private final SessionOpener opener;

    RewriteProof(VerifiedModel verified, SessionOpener opener) {
        this.verified = verified;
        this.opener = opener;
    }

    boolean holds(OrtEnvironment environment, byte[] original, byte[] rewritten) {
        Path proof =
                verified.workDir().resolve("same-results-" + verified.card().sha256() + "-" + Sha256.of(rewritten));
        if (Files.exists(proof)) {
            return true;
        }
        try (OnnxSession reference = opener.open(environment, original, Provider.CPU);
                OnnxSession candidate = opener.open(environment, rewritten, Provider.CPU)) {
            boolean holds = agree(reference, candidate);
            if (holds) {
                remember(proof);
            }
            return holds;
        }
    }

    private boolean agree(OnnxSession reference, OnnxSession candidate) {
        InputSpec spec = verified.card().input();
        ShapeCheck.checkDeclared(verified.card(), reference);
        long[] shape = ShapeCheck.probe(spec);
        FloatBuffer input = OnnxModel.inputBuffer(shape);
        Random random = new Random(SEED);
        while (input.hasRemaining()) {
            input.put(spec.normalised(random.nextInt(256)));
        }
        input.flip();
        TensorMap expected = reference.run(input.duplicate(), shape);
        TensorMap actual = candidate.run(input.duplicate(), shape);
        return expected.names().stream()
                .allMatch(name ->
                        agree(expected.get(name).values(), actual.get(name).values()));
    }

    private static boolean agree(float[] expected, float[] actual) {
        float largest = 0;
        float difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
        }
        return expected.length == actual.length && difference <= TOLERANCE * largest;
    }

    /** Without it the proof is made again at the next start, so a folder that cannot be written is no failure. */
    private static void remember(Path proof) {
        try {
            Files.createDirectories(proof.getParent());
            Files.write(proof, new byte[0]);
        } catch (IOException e) {
            LOG.warn("{} cannot be written ({}): each start compares the rewritten model again", proof, e.toString());
        }
    }
}
