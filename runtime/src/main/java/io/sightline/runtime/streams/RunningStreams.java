package io.sightline.runtime.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.sightline.runtime.ops.Health;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of a Kafka Streams client, from its start to its close, with its meters. */
final class RunningStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final double STALE_POLL_SECONDS = 30;
    private static final double STALE_HEARTBEAT_SECONDS = StreamsProperties.SESSION_TIMEOUT_MS / 1_000.0;

    private final StreamsSpec spec;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private final ThreadDeaths deaths;

    private RunningStreams(StreamsSpec spec, KafkaStreams streams, ThreadDeaths deaths) {
        this.spec = spec;
        this.streams = streams;
        this.deaths = deaths;
        this.metrics = new KafkaStreamsMetrics(streams, Tags.of("role", spec.applicationId()));
    }

    static RunningStreams start(StreamsSpec spec, Topology topology, MeterRegistry registry, ThreadDeaths deaths) {
        KafkaStreams streams = new KafkaStreams(topology, StreamsProperties.of(spec, deaths.stage(), registry));
        streams.setUncaughtExceptionHandler(deaths);
        streams.setStateListener((now, before) -> LOG.info(
                "{}: {} -> {}",
                spec.applicationId(),
                before.name().toLowerCase(Locale.ROOT),
                now.name().toLowerCase(Locale.ROOT)));
        RunningStreams running = new RunningStreams(spec, streams, deaths);
        running.metrics.bindTo(registry);
        streams.start();
        return running;
    }

    /** Whether it has ended and must be started anew. */
    boolean hasEnded() {
        State state = streams.state();
        return state == State.ERROR || state == State.NOT_RUNNING;
    }

    Health health() {
        State state = streams.state();
        String suffix =
                deaths.recentCause().map(cause -> "; a thread died: " + cause).orElse("");
        if (isOlderThan("consumer-coordinator-metrics", "last-heartbeat-seconds-ago", STALE_HEARTBEAT_SECONDS)) {
            return Health.waiting("waits for " + spec.kafka() + ": no answer for more than "
                    + (int) STALE_HEARTBEAT_SECONDS + " s" + suffix);
        }
        if (state != State.RUNNING) {
            return Health.waiting("waits for its place in the group " + spec.applicationId() + " ("
                    + state.name().toLowerCase(Locale.ROOT) + ")" + suffix);
        }
        if (isOlderThan("consumer-metrics", "last-poll-seconds-ago", STALE_POLL_SECONDS)) {
            return Health.waiting("a stream thread is stuck on a record for more than " + (int) STALE_POLL_SECONDS
                    + " s: restart the process and see its log" + suffix);
        }
        return Health.ready(tasks() + suffix);
    }

    /** Leaves the group, so that another instance, or this one again, need not wait for a time-out. */
    @Override
    public void close() {
        metrics.close();
        boolean hasClosed = streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_TIMEOUT));
        if (!hasClosed) {
            LOG.warn(
                    "{}: did not close within {} s; its threads end with the process",
                    spec.applicationId(),
                    CLOSE_TIMEOUT.toSeconds());
        }
    }

    private String tasks() {
        long tasks = streams.metadataForLocalThreads().stream()
                .map(ThreadMetadata::activeTasks)
                .mapToLong(java.util.Set::size)
                .sum();
        return tasks == 0 ? "a spare: other instances have all partitions" : "works on " + tasks + " partitions";
    }

    private boolean isOlderThan(String group, String name, double limitSeconds) {
        for (Map.Entry<MetricName, ? extends Metric> metric : streams.metrics().entrySet()) {
            MetricName id = metric.getKey();
            if (id.name().equals(name)
                    && id.group().equals(group)
                    && id.tags().getOrDefault("client-id", "").endsWith("-consumer")
                    && !id.tags().getOrDefault("client-id", "").endsWith("-restore-consumer")
                    && metric.getValue().metricValue() instanceof Number age
                    && age.doubleValue() > limitSeconds) {
                return true;
            }
        }
        return false;
    }
}
