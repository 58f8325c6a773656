package io.sightline.runtime.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.sightline.runtime.ops.Health;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of a Kafka Streams client, from its start to its close, with its meters. */
final class RunningStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final double STALE_POLL_SECONDS = 30;
    private static final double STALE_HEARTBEAT_SECONDS = StreamsProperties.SESSION_TIMEOUT_MS / 1_000.0;

    private static final Set<String> CONSUMER_GROUPS = Set.of("consumer-metrics", "consumer-coordinator-metrics");
    private static final Predicate<String> MAIN_CONSUMER =
            Pattern.compile("-StreamThread-\\d+-consumer$").asPredicate();

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
        if (isAnyConsumer("connection-count", connections -> connections == 0)) {
            return Health.waiting("waits for " + spec.kafka() + ": no connection" + suffix);
        }
        if (isAnyConsumer("last-heartbeat-seconds-ago", age -> age > STALE_HEARTBEAT_SECONDS)) {
            return Health.waiting("waits for " + spec.kafka() + ": no answer for more than "
                    + (int) STALE_HEARTBEAT_SECONDS + " s" + suffix);
        }
        if (state != State.RUNNING) {
            return Health.waiting("waits for its place in the group " + spec.applicationId() + " ("
                    + state.name().toLowerCase(Locale.ROOT) + ")" + suffix);
        }
        if (isAnyConsumer("last-poll-seconds-ago", age -> age > STALE_POLL_SECONDS)) {
            return Health.waiting("a stream thread has been stuck for more than " + (int) STALE_POLL_SECONDS
                    + " s: see the log, and restart the process if that lasts" + suffix);
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

    /** The partitions of its topics that it works on now. */
    Set<TopicPartition> partitions() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .collect(Collectors.toSet());
    }

    private String tasks() {
        int tasks = partitions().size();
        return tasks == 0 ? "a spare: other instances have all partitions" : "works on " + tasks + " partitions";
    }

    /** Whether the metric of any stream thread's main consumer is so. */
    private boolean isAnyConsumer(String name, DoublePredicate isSo) {
        for (Map.Entry<MetricName, ? extends Metric> metric : streams.metrics().entrySet()) {
            MetricName id = metric.getKey();
            if (id.name().equals(name)
                    && CONSUMER_GROUPS.contains(id.group())
                    && MAIN_CONSUMER.test(id.tags().getOrDefault("client-id", ""))
                    && metric.getValue().metricValue() instanceof Number value
                    && isSo.test(value.doubleValue())) {
                return true;
            }
        }
        return false;
    }
}
