package io.sightline.app.bench;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sightline.app.pipeline.AllInOne;
import io.sightline.app.pipeline.CameraRun;
import io.sightline.app.pipeline.CameraRun.End;
import io.sightline.app.pipeline.StopRequest;
import io.sightline.app.plan.MeasuredCosts;
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
public final class PipelineBench {
    /** What counts as sustained: this share of frames may be shed at most. */
    public static final double MAX_SHED = 0.01;

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final List<String> CORE_STEPS = List.of("detect/decode", "detect/detect", "embed/service");

    private final AllInOne system;
    private final CaptureSettings capture;

    public PipelineBench(AllInOne system, CaptureSettings capture) {
        this.system = system;
        this.capture = capture;
    }

    /**
     * What a run came to.
     *
     * @param cpuCores CPU seconds per second, by stage
     * @param stepCores seconds spent in each step per second, as {@code stage/step}; waits for a core count in
     * @param cost of one frame in the last two thirds of the run; empty where no frame came in them
     */
    public record Figures(
            int cameras,
            Report report,
            Duration elapsed,
            Map<String, Double> cpuCores,
            Map<String, Double> stepCores,
            Optional<MeasuredCosts.Row> cost) {
        public double shedShare() {
            long captured = Math.max(1, report.captured());
            return (double) report.frames(Outcome.SHED) / captured;
        }

        public boolean isSustained() {
            return shedShare() <= MAX_SHED && report.unaccounted() == 0;
        }

        public Optional<Percentiles> latency() {
            return report.steadyLatency();
        }

        public double totalCores() {
            return cpuCores.values().stream().mapToDouble(Double::doubleValue).sum();
        }

        /** Of all CPU, the share outside receiving and decoding, detecting and embedding. */
        public double shareOutside() {
            double encode = stepCores.getOrDefault("ingest/encode", 0.0);
            double inside = Math.max(0, cpuCores.getOrDefault("ingest", 0.0) - encode);
            for (String step : CORE_STEPS) {
                inside += stepCores.getOrDefault(step, 0.0);
            }
            return Math.max(0, 1 - inside / Math.max(1e-9, totalCores()));
        }
    }

    /** {@code widthPx}: of the cameras' pictures. */
    public Figures run(CameraServer server, int cameras, int widthPx, Duration time) {
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
        CostMeter costs = new CostMeter(cpu, system.registry(), system.kafka());
        // While the code is compiled, a frame costs more than it does later.
        var warm = sampler.schedule(costs::begin, time.toMillis() / 3, TimeUnit.MILLISECONDS);
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
                    perSecond(stepsBefore, steps(system.registry()), seconds),
                    warm.isDone() && result.report().captured() > 0
                            ? Optional.of(costs.end(cameras, widthPx))
                            : Optional.empty());
        } finally {
            sampling.cancel(false);
            warm.cancel(false);
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
        for (Timer timer :
                registry.find(SightlineMeter.STAGE_SERVICE.meterName()).timers()) {
            seconds.put(timer.getId().getTag("stage") + "/service", timer.totalTime(TimeUnit.SECONDS));
        }
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
