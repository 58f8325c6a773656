package io.sightline.app.cli;

import io.sightline.app.evaluate.Evaluation;
import io.sightline.app.evaluate.ModelReference;
import io.sightline.app.evaluate.Part;
import io.sightline.app.evaluate.PartResult;
import io.sightline.app.evaluate.TestedModels;
import io.sightline.app.evaluate.Workers;
import io.sightline.app.evaluate.data.DataFolder;
import io.sightline.app.evaluate.plot.Chart;
import io.sightline.app.evaluate.plot.ChartPainter;
import io.sightline.app.pipeline.Models;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.detect.DetectorSettings;
import io.sightline.detect.FaceDetector;
import io.sightline.detect.FaceLandmarker;
import io.sightline.embed.EmbedderSettings;
import io.sightline.embed.FaceEmbedder;
import io.sightline.embed.quality.QualityGates;
import io.sightline.inference.card.ModelKind;
import io.sightline.inference.onnx.OnnxOptions;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sightline models evaluate}: how well an embedder and a detector do on a folder of pictures. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description =
                "Measures embedder and detector on labelled pictures, through the product's own way; see docs/evaluation.md.")
final class EvaluateCommand implements Callable<Integer> {
    /** So low that the whole curve of precision and recall is seen. */
    private static final float FAINTEST_SCORE = 0.02f;

    private static final int MOST_FACES = 400;
    private static final int PROBLEMS_SHOWN = 10;
    /** Gates that any face passes. */
    private static final QualityGates OPEN_GATES = new QualityGates(1e-6f, 1e-6f, 1e6f);

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The pictures.")
    private @Nullable Path data;

    @Option(
            names = "--card",
            paramLabel = "FILE",
            description =
                    "Card of a model that --embedder or --detector names as a file (default: FILE.yaml beside it).")
    private List<Path> cards = List.of();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Of ${COMPLETION-CANDIDATES} (default: all that the data allow).")
    private List<Part> only = List.of();

    @Option(
            names = "--detector-input",
            paramLabel = "WxH",
            description = "Size of the detector's input, such as 640x384 (default: the settings').")
    private @Nullable String detectorInput;

    @Option(names = "--threads", paramLabel = "N", description = "How many pictures at once (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "As JSON, with all curves.")
    private boolean isJson;

    @Option(names = "--plots", paramLabel = "DIR", description = "Draw the curves there, as PNG.")
    private @Nullable Path plots;

    @Override
    public Integer call() throws IOException {
        SightlineSettings settings = global.settings(inputSize());
        if (threads < 1 || data == null) {
            throw new UnmetNeedException("--threads is " + threads + ": one is the least");
        }
        if (plots != null) {
            Files.createDirectories(plots);
        }
        try (DataFolder folder = new DataFolder(data);
                TestedModels models = models(settings);
                Workers workers = new Workers(threads, line -> System.err.println(line))) {
            Evaluation evaluation = new Evaluation(
                    models, folder, workers, settings.embed().embedder().gates());
            Set<Part> parts = only.isEmpty() ? Evaluation.possible(folder) : EnumSet.copyOf(only);
            print(settings, evaluation.run(parts), evaluation.problems().sentences());
        }
        return 0;
    }

    private Map<String, String> inputSize() {
        if (detectorInput == null) {
            return Map.of();
        }
        String[] sides = detectorInput.toLowerCase(Locale.ROOT).split("x", -1);
        if (sides.length != 2) {
            throw new UnmetNeedException(
                    "--detector-input is '" + detectorInput + "': say width x height, such as 640x384");
        }
        return Map.of("detect.input-width-px", sides[0], "detect.input-height-px", sides[1]);
    }

    private TestedModels models(SightlineSettings settings) {
        Path workDir = global.home().modelCache().resolve("derived");
        ModelReference references = new ModelReference(Models.store(settings, global.home()), cards, workDir);
        return new TestedModels(
                () -> embedder(settings, references.resolve(settings.models().embedder(), ModelKind.EMBEDDER)),
                () -> detector(
                        settings,
                        references.resolve(settings.models().detector(), ModelKind.DETECTOR),
                        settings.models().landmarker().map(id -> references.resolve(id, ModelKind.LANDMARKER))));
    }

    private static TestedModels.Embedder embedder(SightlineSettings settings, VerifiedModel model) {
        EmbedderSettings product = settings.embed().embedder();
        EmbedderSettings open = new EmbedderSettings(
                OPEN_GATES, product.faceJpegQuality(), product.mirrors(), Duration.ZERO, OnnxOptions.cpu(1));
        return new TestedModels.Embedder(
                FaceEmbedder.open(model, open), model.card().embedder(), product.gates());
    }

    private static TestedModels.Detector detector(
            SightlineSettings settings, VerifiedModel model, Optional<VerifiedModel> landmarker) {
        DetectorSettings product = settings.detect().detector();
        DetectorSettings open = new DetectorSettings(
                product.inputWidthPx(),
                product.inputHeightPx(),
                FAINTEST_SCORE,
                product.maxOverlap(),
                1,
                MOST_FACES,
                1);
        FaceDetector detector =
                FaceDetector.open(model, open, landmarker.map(exact -> FaceLandmarker.open(exact, product.minScore())));
        String name = model.card().id() + " at " + product.inputWidthPx() + "x" + product.inputHeightPx();
        return new TestedModels.Detector(
                detector,
                new TestedModels.Limits(name, product.minScore(), product.minFacePx()),
                Optional.of(detector::close));
    }

    private void print(SightlineSettings settings, List<PartResult> results, List<String> problems) throws IOException {
        if (isJson) {
            System.out.println(JsonText.of(tree(settings, results, problems)));
        } else {
            System.out.println("embedder " + settings.models().embedder()
                    + (settings.embed().embedder().mirrors() ? " with mirror images" : "") + ", detector "
                    + settings.models().detector() + ", landmarker "
                    + settings.models().landmarker().orElse("none"));
            for (PartResult result : results) {
                System.out.println();
                System.out.println(result.part().name().toLowerCase(Locale.ROOT) + ": "
                        + result.part().title());
                result.lines().forEach(System.out::println);
            }
            printProblems(problems);
        }
        if (plots != null) {
            for (PartResult result : results) {
                for (Chart chart : result.charts()) {
                    System.err.println("plot: " + ChartPainter.write(chart, plots));
                }
            }
        }
    }

    private static void printProblems(List<String> problems) {
        if (problems.isEmpty()) {
            return;
        }
        System.out.println();
        System.out.println(problems.size() + " pictures could not be used:");
        problems.stream().limit(PROBLEMS_SHOWN).forEach(problem -> System.out.println("  " + problem));
        if (problems.size() > PROBLEMS_SHOWN) {
            System.out.println("  and " + (problems.size() - PROBLEMS_SHOWN) + " more; --json names all");
        }
    }

    private static Map<String, Object> tree(
            SightlineSettings settings, List<PartResult> results, List<String> problems) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("embedder", settings.models().embedder());
        tree.put("embedder_mirror", settings.embed().embedder().mirrors());
        tree.put("detector", settings.models().detector());
        tree.put("landmarker", settings.models().landmarker().orElse(null));
        results.forEach(result -> tree.put(result.part().name().toLowerCase(Locale.ROOT), result.tree()));
        tree.put("unusable_pictures", problems);
        return tree;
    }
}
