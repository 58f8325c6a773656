package io.sightline.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import io.sightline.inference.ModelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * ONNX Runtime's environment, the process's single one, which the runtime itself keeps and ends.
 *
 * <p>It is started on a thread with a large stack: at its start ONNX Runtime 1.29 recurses over the process's command line, and one
 * of some 7 KB (a long class path, many cameras) overflows a stack of 1 MB, which ends the JVM without a word.
 */
final class RuntimeEnvironment {
    private static final long STACK_BYTES = 64L << 20;

    private RuntimeEnvironment() {}

    static OrtEnvironment get() {
        CompletableFuture<OrtEnvironment> started = new CompletableFuture<>();
        Thread starter = new Thread(null, () -> start(started), "onnx-runtime-start", STACK_BYTES);
        starter.start();
        try {
            return started.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("interrupted while ONNX Runtime started", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ModelException(
                    "ONNX Runtime cannot start (" + cause
                            + "): it runs on Linux on x86-64 or arm64, version 1.29 with glibc 2.28 or newer; for older"
                            + " systems build with the Maven profile jetson",
                    cause);
        }
    }

    private static void start(CompletableFuture<OrtEnvironment> started) {
        try {
            started.complete(OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "sightline"));
        } catch (RuntimeException | LinkageError e) {
            started.completeExceptionally(e);
        }
    }
}
