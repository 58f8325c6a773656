package io.sightline.app.pipeline;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.runtime.certificate.CertificateWatch;
import io.sightline.runtime.gpu.GpuMeters;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.streams.KafkaConnection;
import io.sightline.runtime.trace.FrameTraces;
import io.sightline.runtime.trace.TracingSettings;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a process tells of itself, whatever its role: its registry, garbage collection, GPU, certificates, and where traces go. */
public final class ProcessMeters implements AutoCloseable {
    /** The version of Sightline that runs. */
    public static final String VERSION = "0.1.0";

    private final Closing closing = new Closing();
    private final PrometheusMeterRegistry registry = Meters.prometheus();
    private final FrameTraces traces;

    private ProcessMeters(String role, TracingSettings tracing) {
        closing.add(registry::close);
        JvmGcMetrics collections = closing.add(new JvmGcMetrics());
        collections.bindTo(registry);
        GpuMeters.start(registry).ifPresent(closing::add);
        this.traces = closing.add(FrameTraces.start(tracing, registry));
        Meters.gauge(registry, SightlineMeter.BUILD_INFO, () -> 1, role, VERSION);
    }

    /** {@code role}: {@code ingest}, {@code detect}, {@code embed}, {@code match} or {@code all}. */
    public static ProcessMeters start(String role, TracingSettings tracing) {
        return new ProcessMeters(role, tracing);
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    public FrameTraces traces() {
        return traces;
    }

    /** Watches the certificates of those of the servers that speak TLS. */
    public void watchCertificates(KafkaConnection kafka, Optional<RedisSettings> redis, Clock clock) {
        Map<String, List<InetSocketAddress>> servers = new LinkedHashMap<>();
        List<InetSocketAddress> brokers = kafka.tlsServers();
        if (!brokers.isEmpty()) {
            servers.put("kafka", brokers);
        }
        redis.flatMap(RedisSettings::tlsServer).ifPresent(server -> servers.put("redis", List.of(server)));
        CertificateWatch.start(servers, clock, registry).ifPresent(closing::add);
    }

    @Override
    public void close() {
        closing.close();
    }
}
