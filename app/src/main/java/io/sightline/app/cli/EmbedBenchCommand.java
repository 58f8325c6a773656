package io.sightline.app.cli;

import io.sightline.app.bench.EmbedBench;
import io.sightline.app.pipeline.Models;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.inference.onnx.Provider;
import io.sightline.inference.store.VerifiedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sightline bench embed}: faces a second of the embedder's network, by provider and batch. */
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        description = {
            "Faces a second of the embedder's network alone, by provider and batch.",
            "A provider that is missing is an error. Prints Markdown."
        })
final class EmbedBenchCommand implements Callable<Integer> {
    private static final int MAX_BATCH = 1024;

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--providers",
            split = ",",
            paramLabel = "NAME",
            description = "Each is measured: cpu, cuda, tensorrt (default: embed.providers of the settings).")
    private List<String> providers = new ArrayList<>();

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "1",
            paramLabel = "FACES",
            description = "Faces a run, such as 1,2,4,8,16 (default: 1).")
    private List<Integer> batches = new ArrayList<>();

    @Option(names = "--rounds", defaultValue = "50", description = "Runs of each, after five to warm up (default: 50).")
    private int rounds = 50;

    @Override
    public Integer call() {
        checkNumbers();
        SightlineSettings settings = global.settings();
        VerifiedModel embedder =
                Models.store(settings, global.home()).obtain(settings.models().embedder());
        int threads = settings.embed().embedder().network().threads();
        EmbedBench bench = new EmbedBench(embedder, threads, rounds, System::nanoTime);
        System.out.println("| provider | faces a run | ms a run, median | faces/s |");
        System.out.println("|---|---:|---:|---:|");
        for (Provider provider : asked(settings)) {
            for (EmbedBench.Figure figure : bench.run(provider, batches)) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %.3f | %.1f |%n",
                        figure.provider(),
                        figure.batch(),
                        figure.medianNanos() / 1e6,
                        figure.facesPerSecond());
            }
        }
        return 0;
    }

    private List<Provider> asked(SightlineSettings settings) {
        return providers.isEmpty()
                ? settings.embed().embedder().network().providers()
                : providers.stream().map(this::provider).toList();
    }

    private Provider provider(String name) {
        return Provider.named(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--providers: '" + name + "' is none of cpu, cuda, tensorrt"));
    }

    private void checkNumbers() {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds " + rounds + ": at least 1");
        }
        for (int batch : batches) {
            if (batch < 1 || batch > MAX_BATCH) {
                throw new ParameterException(spec.commandLine(), "--batches " + batch + ": from 1 to " + MAX_BATCH);
            }
        }
    }
}
