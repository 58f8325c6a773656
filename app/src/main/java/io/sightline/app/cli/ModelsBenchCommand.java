package io.sightline.app.cli;

import io.sightline.app.bench.models.ModelsBench;
import io.sightline.app.bench.models.ModelsReport;
import io.sightline.app.pipeline.Home;
import io.sightline.inference.onnx.NetworkFile;
import io.sightline.inference.onnx.PictureSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code sightline bench models}: the networks of a folder, counted and timed side by side. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = {
            "Parameters, multiply-adds, feature maps and milliseconds of every ONNX file in a folder,",
            "with the law T = B/(αP) + F/(θD) + τ fitted to them. Prints Markdown."
        })
final class ModelsBenchCommand implements Callable<Integer> {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Folder of ONNX files.")
    private Path folder;

    @Option(names = "--rounds", defaultValue = "15", description = "Rounds, each through all networks (default: 15).")
    private int rounds = 15;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = SizeConverter.class,
            description = "Picture of networks that leave its size free, such as 640x384.")
    private @Nullable PictureSize size;

    @Option(names = "--json", description = "As JSON.")
    private boolean isJson;

    @Override
    public Integer call() {
        Home home = global.home();
        int all = Runtime.getRuntime().availableProcessors();
        List<Integer> threads = all == 1 ? List.of(1) : List.of(1, all);
        ModelsBench bench = new ModelsBench(
                threads, rounds, System::nanoTime, home.modelCache().resolve("derived"));
        List<NetworkFile> networks = ModelsBench.read(folder, Optional.ofNullable(size));
        ModelsReport report = new ModelsReport(bench.run(networks), bench, machine(all));
        if (isJson) {
            System.out.println(JsonText.of(report.tree()));
        } else {
            report.markdown().forEach(System.out::println);
        }
        return 0;
    }

    /** Processor and cores, as proc(5) tells them. */
    private static String machine(int cores) {
        String processor = System.getProperty("os.arch", "unknown processor");
        try (var lines = Files.lines(PROCESSOR)) {
            processor = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(processor);
        } catch (IOException e) {
            return processor + ", " + cores + " cores";
        }
        return processor + ", " + cores + " cores";
    }

    /** {@code 640x384}. */
    static final class SizeConverter implements ITypeConverter<PictureSize> {
        @Override
        public PictureSize convert(String text) {
            String[] sides = text.split("x", -1);
            try {
                if (sides.length == 2) {
                    return new PictureSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
                }
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is no size: " + e.getMessage());
            }
            throw new TypeConversionException("'" + text + "' is no size: say WIDTHxHEIGHT, such as 640x384");
        }
    }
}
