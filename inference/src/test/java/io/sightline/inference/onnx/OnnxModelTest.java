package io.sightline.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import io.sightline.inference.ModelException;
import io.sightline.inference.card.CardFiles;
import io.sightline.inference.card.ScoreForm;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class OnnxModelTest {
    private static final long[] SHAPE = {1, 3, 4, 4};
    private static final OnnxOptions ONE_THREAD = OnnxOptions.cpu(1);

    @TempDir
    Path folder;

    @Test
    void resultsAreTheNetworks() {
        float[] input = new float[48];
        Arrays.fill(input, 0, 16, -4);
        input[20] = 3;
        input[47] = -2;

        try (OnnxModel model = OnnxModel.open(embedder(), ONE_THREAD)) {
            Tensor output = model.run(input, SHAPE).get("output");

            assertThat(output.shape()).containsExactly(1, 2);
            assertThat(output.rank()).isEqualTo(2);
            assertThat(output.dimension(1)).isEqualTo(2);
            assertThat(output).hasToString("Tensor[1, 2]");
            assertThat(output.values()).containsExactly(-16 + 3 + 2, -120 + 60 + 94);
            assertThat(model.choice()).isEqualTo(ProviderChoice.cpu());
            assertThat(model.card().id()).isEqualTo("tiny-embedder");
        }
    }

    @Test
    void aBufferIsReadFromPositionToLimitAndLeftAsItWas() {
        try (OnnxModel model = OnnxModel.open(embedder(), ONE_THREAD)) {
            for (FloatBuffer buffer : List.of(FloatBuffer.allocate(60), OnnxModel.inputBuffer(60))) {
                buffer.put(7, 1).put(6, 100).put(55, 100).position(7).limit(55);

                float[] output = model.run(buffer, SHAPE).get("output").values();

                assertThat(output).containsExactly(1, 0);
                assertThat(buffer.position()).isEqualTo(7);
                assertThat(buffer.limit()).isEqualTo(55);
            }
        }
    }

    @Test
    void aSizeThatTheExportFixedIsFreeWhereTheCardSaysSo() {
        VerifiedModel detector = TinyGraphs.verified(
                folder, CardFiles.DETECTOR, TinyGraphs.detector().toByteArray());

        try (OnnxModel model = OnnxModel.open(detector, ONE_THREAD)) {
            TensorMap outputs = model.run(new float[3 * 64 * 96], 1, 3, 64, 96);

            assertThat(outputs.get("boxes8").shape()).containsExactly(1, 8, 8, 12);
            model.warmUp(160, 32);
        }
    }

    @Test
    void outputsMayBeRowsOfAnchors() {
        VerifiedModel detector = TinyGraphs.verified(
                folder,
                CardFiles.DETECTOR.replace("landmark-factor: 1", "landmark-factor: 1\n  score-form: logits"),
                TinyGraphs.detectorOfRows().toByteArray());

        try (OnnxModel model = OnnxModel.open(detector, ONE_THREAD)) {
            TensorMap outputs = model.run(new float[3 * 64 * 96], 1, 3, 64, 96);

            assertThat(outputs.get("landmarks8").shape()).containsExactly(1, 2 * 8 * 12, 10);
            assertThat(model.card().detector().scores()).isEqualTo(ScoreForm.LOGITS);
        }
    }

    @Test
    void anInputOfAnotherShapeIsTheCallersMistake() {
        try (OnnxModel model = OnnxModel.open(embedder(), ONE_THREAD)) {
            assertThatThrownBy(() -> model.run(new float[48], 1, 3, 4, 5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("model tiny-embedder takes [batch, 3, height, width] with height 4 px and width 4 px,"
                            + " got [1, 3, 4, 5]");
            assertThatThrownBy(() -> model.run(new float[48], 1, 48)).hasMessageContaining("got [1, 48]");
            assertThatThrownBy(() -> model.run(new float[47], SHAPE))
                    .hasMessage("an input of shape [1, 3, 4, 4] takes 48 values, got 47");
            assertThatThrownBy(() -> model.run(new float[96], 2, 3, 4, 4))
                    .hasMessage("model tiny-embedder takes one face a run (batches: false), got 2");
        }
    }

    @Test
    void anUnknownOutputIsAnsweredWithTheKnownOnes() {
        try (OnnxModel model = OnnxModel.open(embedder(), ONE_THREAD)) {
            assertThatThrownBy(() -> model.run(new float[48], SHAPE).get("vector"))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("no output is called 'vector': the run gave [output]");
        }
    }

    @Test
    void aClosedModelDoesNotRun() {
        OnnxModel model = OnnxModel.open(embedder(), ONE_THREAD);

        model.close();
        model.close();

        assertThatThrownBy(() -> model.run(new float[48], SHAPE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("model tiny-embedder is closed");
    }

    @Test
    void threadsShareAModelAndClosingWaitsForThem() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        OnnxModel model = OnnxModel.open(embedder(), OnnxOptions.cpu(2));
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                float expected = i;
                results.add(threads.submit(() -> {
                    float[] input = new float[48];
                    input[0] = expected;
                    return model.run(input, SHAPE).get("output").values()[0] == expected;
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
            Future<?> late = threads.submit(() -> runUntilClosed(model));
            model.close();
            late.get();
        } finally {
            threads.shutdown();
            model.close();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void nativeMemoryStaysFlat() throws IOException {
        VerifiedModel detector = TinyGraphs.verified(
                folder, CardFiles.DETECTOR, TinyGraphs.detector().toByteArray());
        float[] input = new float[3 * 512 * 512];
        int runs = 600;

        try (OnnxModel model = OnnxModel.open(detector, ONE_THREAD)) {
            run(model, input, runs / 10);
            long before = residentKib();
            run(model, input, runs);

            long outputsKib = runs * 32L * 64 * 64 * Float.BYTES / 1024;
            assertThat(residentKib() - before).isLessThan(outputsKib / 2);
        }
    }

    @Test
    void librariesAreUnpackedOnceAndTheRewriteIsProvedOnce() throws IOException {
        VerifiedModel verified = embedder();
        OnnxModel.open(verified, ONE_THREAD).close();

        List<Path> derived = list(verified.workDir());
        OnnxModel.open(verified, ONE_THREAD).close();

        assertThat(list(verified.workDir()))
                .isEqualTo(derived)
                .anyMatch(file -> file.getFileName()
                        .toString()
                        .startsWith("same-results-" + verified.card().sha256() + "-"));
    }

    /** Missing from the runtime itself, or (profile gpu) built in, with driver and libraries missing. */
    @Test
    void aMissingProviderIsAnErrorThatSaysWhatWasAskedWhatIsThereAndTheCure() {
        assumeNoGpu();
        OnnxOptions options = new OnnxOptions(1, List.of(Provider.TENSORRT, Provider.CUDA));

        assertThatThrownBy(() -> OnnxModel.open(embedder(), options))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.provider()).isEqualTo(Provider.TENSORRT))
                .hasMessageStartingWith("model tiny-embedder: " + missing(Provider.TENSORRT))
                .hasMessageContaining("; providers asked for: tensorrt, cuda; built into this ONNX Runtime: cpu")
                .hasMessageContaining(
                        isBuiltIn(Provider.TENSORRT)
                                ? "Check the driver, its libraries and the device"
                                : "Use a build that has it (docs/gpu.md)")
                .hasMessageEndingWith("or list cpu last to allow the CPU instead");
    }

    private static boolean isBuiltIn(Provider provider) {
        return OrtEnvironment.getAvailableProviders().contains(provider.runtime());
    }

    private static String missing(Provider provider) {
        return "provider " + provider + (isBuiltIn(provider) ? " fails (" : " is not in this ONNX Runtime");
    }

    private static void assumeNoGpu() {
        assumeFalse(
                isBuiltIn(Provider.CUDA) && Files.exists(Path.of("/dev/nvidiactl")),
                "the GPU build on a machine with a GPU: nothing is missing");
    }

    @Test
    void theCpuStandsInWhereItIsListedAndTheChoiceTellsWhatWasPassedOver() {
        assumeNoGpu();
        OnnxOptions options = new OnnxOptions(1, List.of(Provider.TENSORRT, Provider.CUDA, Provider.CPU));

        try (OnnxModel model = OnnxModel.open(embedder(), options)) {
            assertThat(model.choice().provider()).isEqualTo(Provider.CPU);
            assertThat(model.choice().passedOver())
                    .hasSize(2)
                    .anyMatch(said -> said.contains(missing(Provider.TENSORRT)))
                    .anyMatch(said -> said.contains(missing(Provider.CUDA)));
        }
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> OnnxOptions.cpu(0)).hasMessage("0 threads (1 to 256)");
        assertThatThrownBy(() -> new OnnxOptions(1, List.of()))
                .hasMessage("no provider is listed (cpu, cuda, tensorrt)");
        assertThatThrownBy(() -> new OnnxOptions(1, List.of(Provider.CUDA, Provider.CUDA)))
                .hasMessage("a provider is listed twice in [cuda, cuda]: list each once");
        assertThatThrownBy(() -> new OnnxOptions(1, List.of(Provider.CPU, Provider.CUDA)))
                .hasMessage("cpu always works, so what follows it in [cpu, cuda] would never be tried: list cpu last");
    }

    @Test
    void librariesAreKnownForTheSystemsThatAreServed() {
        assertThat(NativeLibraries.platform("Linux", "amd64")).hasValue("linux-x64");
        assertThat(NativeLibraries.platform("Linux", "aarch64")).hasValue("linux-aarch64");
        assertThat(NativeLibraries.platform("Linux", "riscv64")).isEmpty();
        assertThat(NativeLibraries.platform("Mac OS X", "aarch64")).isEmpty();
    }

    private VerifiedModel embedder() {
        return TinyGraphs.asEmbedder(folder, TinyGraphs.embedder().toByteArray());
    }

    private static int runUntilClosed(OnnxModel model) {
        int runs = 0;
        while (true) {
            try {
                model.run(new float[48], SHAPE);
                runs++;
            } catch (IllegalStateException closed) {
                return runs;
            }
        }
    }

    private static void run(OnnxModel model, float[] input, int runs) {
        for (int i = 0; i < runs; i++) {
            model.run(input, 1, 3, 512, 512);
        }
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
