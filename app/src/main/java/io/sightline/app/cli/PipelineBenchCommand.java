package io.sightline.app.cli;

import io.sightline.app.bench.BenchClip;
import io.sightline.app.bench.CameraServer;
import io.sightline.app.bench.PipelineBench;
import io.sightline.app.bench.PipelineBench.Figures;
import io.sightline.app.demo.DemoException;
import io.sightline.app.pipeline.AllInOne;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.ScratchFolder;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.app.plan.MeasuredCosts;
import io.sightline.app.report.Percentiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sightline bench pipeline}: one more RTSP camera at a time until the machine no longer keeps up. The RTSP server runs
 * beside it on the same cores, as it does not with real cameras.
 */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = {
            "How many RTSP cameras this machine sustains, with latency, and CPU per stage and per frame.",
            "Needs Debian's ffmpeg and GStreamer's RTSP server."
        })
final class PipelineBenchCommand implements Callable<Integer> {
    private static final int[] RATES = {25, 5};
    private static final int MOST_CAMERAS = 64;
    private static final int DEFAULT_WIDTH_PX = 1280;
    private static final int WIDTH_STEP_PX = 32;

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @Option(names = "--for", defaultValue = "30s", description = "Time of each run (default: 30s).")
    private Duration time = Duration.ofSeconds(30);

    @Option(names = "--cameras", split = ",", description = "Run just these numbers of cameras, such as 1,2,4.")
    private List<Integer> counts = List.of();

    @Option(names = "--camera-fps", split = ",", description = "Pictures a second of the cameras (default: 25 and 5).")
    private List<Integer> rates = List.of();

    @Option(
            names = "--width",
            split = ",",
            description = "Widths of the cameras' pictures, 16:9, multiples of 32 (default: 1280).")
    private List<Integer> widths = List.of(DEFAULT_WIDTH_PX);

    @Option(
            names = "--costs",
            paramLabel = "FILE",
            description =
                    "Writes what a frame costs by width, for plan --measured FILE; with --cameras and one --camera-fps.")
    private @Nullable Path costs;

    @Override
    public Integer call() throws IOException, DemoException {
        check();
        SightlineSettings settings = global.settings();
        Home home = global.home();
        List<MeasuredCosts.Row> rows = new ArrayList<>();
        if (costs != null) {
            System.out.println("a run to compile the code, which does not count:");
            Path clip = BenchClip.locate(home.clipCache(), widths.get(0));
            measure(settings, home, new Stream(clip, rates.get(0), widths.get(0)), new ArrayList<>());
        }
        for (int width : widths) {
            Path clip = BenchClip.locate(home.clipCache(), width);
            for (int fps : rates.isEmpty() ? List.of(RATES[0], RATES[1]) : rates) {
                System.out.println();
                System.out.println(width + "×" + width * 9 / 16 + " H.264 over RTSP at " + fps + " fps, "
                        + Runtime.getRuntime().availableProcessors() + " cores, " + time.toSeconds()
                        + " s a run; latency without the first 5 s");
                System.out.println(
                        "cameras  fps each  shed %  p50 ms  p95 ms  p99 ms  cores  outside %  RSS MiB  cores by stage");
                int sustained = measure(settings, home, new Stream(clip, fps, width), rows);
                if (counts.isEmpty()) {
                    System.out.println("sustained: " + sustained + " cameras at " + fps + " fps (at most "
                            + PipelineBench.MAX_SHED * 100 + " % shed)");
                }
            }
        }
        if (costs != null) {
            new MeasuredCosts(
                            machine(),
                            LocalDate.now(ZoneOffset.UTC).toString(),
                            command(),
                            settings.models().detector(),
                            settings.models().embedder(),
                            rows)
                    .write(costs);
            System.out.println("costs written to " + costs + ": ./sightline plan --measured " + costs + " …");
        }
        return 0;
    }

    private void check() {
        for (int width : widths) {
            if (width < 160 || width > 3840 || width % WIDTH_STEP_PX != 0) {
                throw new IllegalArgumentException(
                        "--width is " + width + ": give 160 to 3840, a multiple of " + WIDTH_STEP_PX);
            }
        }
        if (costs != null && (counts.size() != 1 || rates.size() != 1)) {
            throw new IllegalArgumentException(
                    "--costs needs one number of cameras that this machine sustains, and one rate: --cameras 2 --camera-fps 5");
        }
    }

    private String command() {
        return "bench pipeline --cameras " + counts.get(0) + " --camera-fps " + rates.get(0) + " --width "
                + widths.stream().map(String::valueOf).collect(Collectors.joining(",")) + " --for " + time.toSeconds()
                + "s";
    }

    /** The processor's name (proc(5), cpuinfo), how many of its cores there are, and what else it does: its load while this ran. */
    private static String machine() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            String name = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
            return "%s, %d cores, load average %.1f"
                    .formatted(
                            name,
                            Runtime.getRuntime().availableProcessors(),
                            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
    }

    private record Stream(Path clip, int fps, int widthPx) {}

    private int measure(SightlineSettings settings, Home home, Stream stream, List<MeasuredCosts.Row> rows)
            throws IOException {
        int sustained = 0;
        for (int cameras : counts.isEmpty() ? upwards(stream.fps()) : counts) {
            try (ScratchFolder scratch = home.scratch("bench");
                    CameraServer server = CameraServer.start(stream.clip(), stream.fps(), scratch.path());
                    AllInOne system = AllInOne.start(settings, home, scratch.path())) {
                Figures figures = new PipelineBench(system, settings.ingest().capture())
                        .run(server, cameras, stream.widthPx(), time);
                System.out.println(line(figures));
                figures.cost().ifPresent(cost -> {
                    System.out.println("         " + costLine(cost));
                    rows.add(cost);
                });
                if (!figures.isSustained() && counts.isEmpty()) {
                    return sustained;
                }
                sustained = cameras;
            }
        }
        return sustained;
    }

    private static List<Integer> upwards(int fps) {
        List<Integer> upwards = new ArrayList<>();
        for (int cameras = 1; cameras <= MOST_CAMERAS; cameras += fps >= 15 || cameras < 4 ? 1 : 2) {
            upwards.add(cameras);
        }
        return upwards;
    }

    private static String line(Figures figures) throws IOException {
        Percentiles latency = figures.latency().orElse(null);
        StringBuilder stages = new StringBuilder();
        for (Map.Entry<String, Double> stage : figures.cpuCores().entrySet()) {
            stages.append("%s %.2f  ".formatted(stage.getKey().replace("sightline-", ""), stage.getValue()));
        }
        return "%7d  %8.1f  %6.2f  %6s  %6s  %6s  %5.2f  %9.0f  %7d  %s"
                .formatted(
                        figures.cameras(),
                        figures.report().fps() / figures.cameras(),
                        100 * figures.shedShare(),
                        latency == null ? "–" : "%.0f".formatted(latency.p50Ms()),
                        latency == null ? "–" : "%.0f".formatted(latency.p95Ms()),
                        latency == null ? "–" : "%.0f".formatted(latency.p99Ms()),
                        figures.totalCores(),
                        100 * figures.shareOutside(),
                        residentMib(),
                        stages.toString().stripTrailing());
    }

    private static String costLine(MeasuredCosts.Row cost) {
        StringBuilder line = new StringBuilder("a frame takes ");
        MeasuredCosts.STAGES.forEach(stage ->
                line.append("%s %.2f  ".formatted(stage, cost.cpuMillis().getOrDefault(stage, 0.0))));
        return line.append("broker %.2f ms of CPU, %.0f KB on frames, %.2f faces"
                        .formatted(
                                cost.cpuMillis().getOrDefault(MeasuredCosts.BROKER, 0.0),
                                cost.bytes().getOrDefault("frames", 0.0) / 1e3,
                                cost.facesPerFrame()))
                .toString();
    }

    /** Resident memory of this process (proc(5), status, VmRSS). */
    private static long residentMib() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kib -> Long.parseLong(kib) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }
}
