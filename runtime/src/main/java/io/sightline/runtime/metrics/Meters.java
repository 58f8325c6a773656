package io.sightline.runtime.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the catalogue's meters in a registry; refuses tags that the catalogue does not name. */
public final class Meters {
    /** So many cameras have series of their own; those after them are not shown. */
    public static final int MAX_CAMERAS = 512;

    /** Of Kafka's some 340 series per application, those that answer a question: lag, rebalances, retries, cost. */
    private static final Set<String> KAFKA_SHOWN = Set.of(
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.consumer.fetch.manager.records.consumed.total",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.consumer.coordinator.failed.rebalance.total",
            "kafka.producer.record.send.total",
            "kafka.producer.record.error.total",
            "kafka.producer.record.retry.total",
            "kafka.producer.request.latency.avg",
            "kafka.stream.thread.process.ratio",
            "kafka.stream.thread.process.latency.avg",
            "kafka.stream.thread.commit.latency.avg");

    private Meters() {}

    /** A process's registry, with a few meters of the JVM's, and filtered as {@link #filter} says. */
    public static PrometheusMeterRegistry prometheus() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(
                new ExemplarsOfBuckets(), new PrometheusRegistry(), Clock.SYSTEM, new TracedMoment());
        filter(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }

    /** Lets few of Kafka's meters pass, and no more than {@link #MAX_CAMERAS} cameras. */
    static void filter(MeterRegistry registry) {
        registry.config()
                .meterFilter(new KafkaFilter())
                .meterFilter(MeterFilter.maximumAllowableTags("sightline.", "camera", MAX_CAMERAS, MeterFilter.deny()));
    }

    /** {@code tagValues} in the catalogue's order. */
    public static Counter counter(MeterRegistry registry, SightlineMeter meter, String... tagValues) {
        return Counter.builder(meter.meterName())
                .tags(tags(meter, MeterKind.COUNTER, tagValues))
                .baseUnit(meter.unit().suffix())
                .description(meter.sentence())
                .register(registry);
    }

    /** A histogram of durations, its buckets as the catalogue says. */
    public static Timer timer(MeterRegistry registry, SightlineMeter meter, String... tagValues) {
        return Timer.builder(meter.meterName())
                .tags(tags(meter, MeterKind.TIMER, tagValues))
                .description(meter.sentence())
                .serviceLevelObjectives(meter.buckets().durations())
                .register(registry);
    }

    /** A histogram of numbers, its buckets as the catalogue says. */
    public static DistributionSummary summary(MeterRegistry registry, SightlineMeter meter, String... tagValues) {
        return DistributionSummary.builder(meter.meterName())
                .tags(tags(meter, MeterKind.SUMMARY, tagValues))
                .baseUnit(meter.unit().suffix())
                .description(meter.sentence())
                .serviceLevelObjectives(meter.buckets().bounds())
                .register(registry);
    }

    /** Asks {@code value} at each scrape and keeps it alive as long as the registry. */
    public static Gauge gauge(
            MeterRegistry registry, SightlineMeter meter, Supplier<Number> value, String... tagValues) {
        return Gauge.builder(meter.meterName(), value)
                .tags(tags(meter, MeterKind.GAUGE, tagValues))
                .baseUnit(meter.unit().suffix())
                .description(meter.sentence())
                .strongReference(true)
                .register(registry);
    }

    private static Tags tags(SightlineMeter meter, MeterKind kind, String... values) {
        if (meter.kind() != kind || meter.tagKeys().size() != values.length) {
            throw new IllegalArgumentException(meter.meterName() + " is a " + meter.kind() + " with the tags "
                    + meter.tagKeys() + ", not a " + kind + " with " + values.length + " of them");
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(meter.tagKeys().get(i), values[i]);
        }
        return tags;
    }

    /**
     * Exemplars in buckets and counters alone. Micrometer also adds them to a histogram's count, and for that Prometheus 2.42 (Debian's)
     * refuses the whole scrape.
     */
    private static final class ExemplarsOfBuckets implements PrometheusConfig {
        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Properties prometheusProperties() {
            Properties properties = new Properties();
            properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
            return properties;
        }
    }

    private static final class KafkaFilter implements MeterFilter {
        @Override
        public MeterFilterReply accept(Meter.Id id) {
            boolean isKafkas = id.getName().startsWith("kafka.");
            return isKafkas && (!KAFKA_SHOWN.contains(id.getName()) || isOldForm(id.getTag("topic")))
                    ? MeterFilterReply.DENY
                    : MeterFilterReply.NEUTRAL;
        }

        /** Kafka shows what it measures of a topic twice: under its name, and with the dots in it replaced, as it once did. */
        private static boolean isOldForm(@Nullable String topic) {
            return topic != null && topic.startsWith("sightline_");
        }
    }
}
