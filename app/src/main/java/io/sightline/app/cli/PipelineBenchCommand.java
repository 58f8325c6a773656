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
import io.sightline.app.report.Percentiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sightline bench pipeline}: one more 720p RTSP camera at a time until the machine no longer keeps up. The RTSP server runs
 * beside it on the same cores, as it does not with real cameras.
 */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = {
            "How many 720p RTSP cameras this machine sustains, with latency and CPU per stage.",
            "Needs Debian's ffmpeg and GStreamer's RTSP server."
        })
final class PipelineBenchCommand implements Callable<Integer> {
    private static final int[] RATES = {25, 5};
    private static final int MOST_CAMERAS = 64;

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @Option(names = "--for", defaultValue = "30s", description = "Time of each run (default: 30s).")
    private Duration time = Duration.ofSeconds(30);

    @Option(names = "--cameras", split = ",", description = "Run just these numbers of cameras, such as 1,2,4.")
    private List<Integer> counts = List.of();

    @Option(names = "--camera-fps", split = ",", description = "Pictures a second of the cameras (default: 25 and 5).")
    private List<Integer> rates = List.of();

    @Override
    public Integer call() throws IOException, DemoException {
        SightlineSettings settings = global.settings();
        Home home = global.home();
        Path clip = BenchClip.locate(home.clipCache());
        for (int fps : rates.isEmpty() ? List.of(RATES[0], RATES[1]) : rates) {
            System.out.println();
            System.out.println("720p H.264 over RTSP at " + fps + " fps, "
                    + Runtime.getRuntime().availableProcessors() + " cores, " + time.toSeconds()
                    + " s a run; latency without the first 5 s");
            System.out.println(
                    "cameras  fps each  shed %  p50 ms  p95 ms  p99 ms  cores  outside %  RSS MiB  cores by stage");
            int sustained = measure(settings, home, clip, fps);
            if (counts.isEmpty()) {
                System.out.println("sustained: " + sustained + " cameras at " + fps + " fps (at most "
                        + PipelineBench.MAX_SHED * 100 + " % shed)");
            }
        }
        return 0;
    }

    private int measure(SightlineSettings settings, Home home, Path clip, int fps) throws IOException {
        int sustained = 0;
        for (int cameras : counts.isEmpty() ? upwards(fps) : counts) {
            try (ScratchFolder scratch = home.scratch("bench");
                    CameraServer server = CameraServer.start(clip, fps, scratch.path());
                    AllInOne system = AllInOne.start(settings, home, scratch.path())) {
                Figures figures = new PipelineBench(system, settings.ingest().capture()).run(server, cameras, time);
                System.out.println(line(figures));
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
