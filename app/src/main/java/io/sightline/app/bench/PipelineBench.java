package io.sightline.app.bench;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sightline.app.pipeline.AllInOne;
import io.sightline.app.pipeline.CameraRun;
import io.sightline.app.pipeline.CameraRun.End;
import io.sightline.app.pipeline.StopRequest;
import io.sightline.app.report.Percentiles;
import io.sightline.app.report.Report;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import io.sightline.ingest.CameraSource;
import io.sightline.ingest.CameraSpec;
import io.sightline.ingest.CaptureSettings;
import io.sightline.runtime.metrics.SightlineMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a number of RTSP cameras through the whole path for a while, and says what it took. */
final class PipelineBench {
    /** What counts as sustained: this share of frames may be shed at most. */
    static final double MAX_SHED = 0.01;

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Set<String> CORE_STEPS = Set.of("decode", "detect", "embed", "network");

    private final AllInOne system;
    private final CaptureSettings capture;

    PipelineBench(AllInOne system, CaptureSettings capture) {
        this.system = system;
        this.capture = capture;
    }

    /**
     * What a run came to.
     *
     * @param cpuCores CPU seconds per second, by stage
     * @param stepCores seconds spent in each step per second, as {@code stage/step}; waits for a core count in
     */
    record Figures(
            int cameras, Report report, Duration elapsed, Map<String, Double> cpuCores, Map<String, Double> stepCores) {
        double shedShare() {
            long captured = Math.max(1, report.captured());
            return (double) report.frames(Outcome.SHED) / captured;
        }

        boolean isSustained() {
            return shedShare() <= MAX_SHED && report.unaccounted() == 0;
        }

        Optional<Percentiles> latency() {
            return report.steadyLatency();
        }

        double totalCores() {
            return cpuCores.values().stream().mapToDouble(Double::doubleValue).sum();
        }

        /** Of all CPU, the share outside receiving and decoding, detecting and embedding. */
        double shareOutside() {
            double encode = stepCores.getOrDefault("ingest/encode", 0.0);
            double inside = Math.max(0, cpuCores.getOrDefault("ingest", 0.0) - encode);
            for (Map.Entry<String, Double> step : stepCores.entrySet()) {
                String name = step.getKey().substring(step.getKey().indexOf('/') + 1);
                if (!step.getKey().startsWith("ingest/") && CORE_STEPS.contains(name)) {
                    inside += step.getValue();
                }
            }
            return Math.max(0, 1 - inside / Math.max(1e-9, totalCores()));
        }
    }

    Figures run(CameraServer server, int cameras, Duration time) {
        CpuByStage cpu = new CpuByStage(Set.of(server.pid()));
        ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "bench-cpu");
            thread.setDaemon(true);
            return thread;
        });
        cpu.sample();
        Map<String, Double> cpuBefore = cpu.seconds();
        Map<String, Double> stepsBefore = steps(system.registry());
        var sampling = sampler.scheduleAtFixedRate(cpu::sample, 1, 1, TimeUnit.SECONDS);
        try {
            CameraRun.Result result = new CameraRun(system, StopRequest.manual())
                    .run(new CameraRun.Spec(specs(server, cameras), time, End.LIMIT, WARM_UP));
            cpu.sample();
            double seconds = result.elapsed().toMillis() / 1e3;
            return new Figures(
                    cameras,
                    result.report(),
                    result.elapsed(),
                    perSecond(cpuBefore, cpu.seconds(), seconds),
                    perSecond(stepsBefore, steps(system.registry()), seconds));
        } finally {
            sampling.cancel(false);
            sampler.shutdownNow();
        }
    }

    private List<CameraSpec> specs(CameraServer server, int cameras) {
        List<CameraSpec> specs = new ArrayList<>();
        for (int i = 1; i <= cameras; i++) {
            specs.add(new CameraSpec(new CameraId("cam-" + i), CameraSource.parse(server.url()), capture));
        }
        return specs;
    }

    private static Map<String, Double> steps(MeterRegistry registry) {
        Map<String, Double> seconds = new TreeMap<>();
        for (Timer timer : registry.find(SightlineMeter.STEP.meterName()).timers()) {
            seconds.put(
                    timer.getId().getTag("stage") + "/" + timer.getId().getTag("step"),
                    timer.totalTime(TimeUnit.SECONDS));
        }
        return seconds;
    }

    private static Map<String, Double> perSecond(
            Map<String, Double> before, Map<String, Double> after, double seconds) {
        Map<String, Double> rates = new TreeMap<>();
        after.forEach((name, value) -> rates.put(name, (value - before.getOrDefault(name, 0.0)) / seconds));
        return rates;
    }
}
