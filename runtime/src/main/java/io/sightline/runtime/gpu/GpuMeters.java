package io.sightline.runtime.gpu;

import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the machine's GPUs now and then and shows them as gauges. Its owner closes it. */
public final class GpuMeters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GpuMeters.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final long JOIN_MILLIS = 6_000;
    private static final GpuReading SILENT =
            new GpuReading("", Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private final GpuProbe probe;
    private final MeterRegistry registry;
    private final ConcurrentMap<String, GpuReading> readings = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "sightline-gpu");
    private boolean hasFailed;

    private GpuMeters(GpuProbe probe, MeterRegistry registry) {
        this.probe = probe;
        this.registry = registry;
    }

    /** Starts where the machine has a GPU whose figures can be read; empty elsewhere. */
    public static Optional<GpuMeters> start(MeterRegistry registry) {
        return TegraFiles.under(Path.of("/"))
                .or(() -> NvidiaSmi.onPath(System.getenv().getOrDefault("PATH", "")))
                .map(probe -> start(probe, registry));
    }

    static GpuMeters start(GpuProbe probe, MeterRegistry registry) {
        GpuMeters meters = new GpuMeters(probe, registry);
        meters.thread.setDaemon(true);
        meters.thread.start();
        return meters;
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                read();
            } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A GPU that does not answer shows nothing rather than its last figure. */
    private void read() throws InterruptedException {
        try {
            for (GpuReading reading : probe.read()) {
                if (readings.put(reading.gpu(), reading) == null) {
                    show(reading.gpu());
                }
            }
            hasFailed = false;
        } catch (IOException e) {
            readings.replaceAll((gpu, last) -> SILENT);
            if (!hasFailed) {
                LOG.warn("the GPU's figures cannot be read and are left out: {}", e.getMessage());
            }
            hasFailed = true;
        }
    }

    private void show(String gpu) {
        gauge(SightlineMeter.GPU_UTILISATION, gpu, GpuReading::utilisation);
        gauge(SightlineMeter.GPU_MEMORY_USED, gpu, GpuReading::memoryUsedBytes);
        gauge(SightlineMeter.GPU_MEMORY_TOTAL, gpu, GpuReading::memoryTotalBytes);
        gauge(SightlineMeter.GPU_TEMPERATURE, gpu, GpuReading::temperatureCelsius);
        gauge(SightlineMeter.GPU_POWER, gpu, GpuReading::powerWatts);
        gauge(SightlineMeter.GPU_THROTTLED, gpu, GpuReading::throttled);
    }

    private void gauge(SightlineMeter meter, String gpu, ToDoubleFunction<GpuReading> value) {
        Meters.gauge(registry, meter, () -> value.applyAsDouble(readings.getOrDefault(gpu, SILENT)), gpu);
    }
}
