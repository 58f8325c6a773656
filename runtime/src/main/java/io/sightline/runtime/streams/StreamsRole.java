package io.sightline.runtime.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.metrics.StageProgress;
import io.sightline.runtime.ops.Health;
import io.sightline.runtime.settings.Masking;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a topology until closed. It waits for the broker and for the topics, in any order of start; goes on after the
 * broker was away; replaces threads that die; and never ends by itself, except when it cannot be started at all. A
 * supervisor thread of its own does all that, {@code <application id>-supervisor}.
 */
public final class StreamsRole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsRole.class);
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_PER_LAG = 8;
    private static final long MAX_WAIT_MILLIS = 2_000;
    private static final long AWAIT_STEP_MILLIS = 20;
    private static final long JOIN_MILLIS = 15_000;

    private final StreamsSpec spec;
    private final Topology topology;
    private final TopicNeeds needs;
    private final MeterRegistry registry;
    private final ThreadDeaths deaths;
    private final StageProgress progress;
    private final StageLag lag;
    private final List<Gauge> gauges;
    private final Thread supervisor;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Health waiting;
    private volatile Optional<RunningStreams> running = Optional.empty();
    private volatile Optional<Throwable> failure = Optional.empty();

    private StreamsRole(StreamsSpec spec, Topology topology, StageMeters meters) {
        this.spec = spec;
        this.topology = topology;
        this.needs = TopicNeeds.of(topology);
        this.registry = meters.registry();
        this.progress = meters.progress();
        this.lag = new StageLag(progress);
        this.deaths = new ThreadDeaths(spec.applicationId(), needs.stage(), registry, closing);
        this.waiting = Health.waiting("waits for " + spec.kafka());
        this.gauges = List.of(
                gauge(SightlineMeter.ROLE_READY, () -> isReady() ? 1 : 0),
                gauge(SightlineMeter.STAGE_LAG, () -> lag.lag().seconds()),
                gauge(SightlineMeter.STAGE_LAG_RECORDS, () -> lag.lag().records()),
                gauge(SightlineMeter.STAGE_PARTITIONS, this::partitions));
        this.supervisor = new Thread(this::supervise, spec.applicationId() + "-supervisor");
    }

    /**
     * Returns at once; ask {@link #health()} or {@link #awaitReady} how far it is.
     *
     * @param meters those that the topology was built with
     */
    public static StreamsRole start(StreamsSpec spec, Topology topology, StageMeters meters) {
        StreamsRole role = new StreamsRole(spec, topology, meters);
        role.supervisor.setDaemon(true);
        role.supervisor.start();
        return role;
    }

    /** Whether it can work now: a member of the group, its threads turning, the broker answering. */
    public boolean isReady() {
        return health().isReady();
    }

    /** How it is; while it is not ready, the sentence says what it waits for. */
    public Health health() {
        return failure.map(cause -> Health.dead(spec.applicationId() + " ended: " + sentence(cause)))
                .orElseGet(() -> running.map(RunningStreams::health).orElse(waiting));
    }

    /** Why it ended by itself, if it did. */
    public Optional<Throwable> failure() {
        return failure;
    }

    /** Waits until it is ready, and says whether it is; {@link #health()} tells why not. */
    public boolean awaitReady(Duration timeout) {
        long start = System.nanoTime();
        while (!isReady()) {
            boolean isLate = System.nanoTime() - start > timeout.toNanos();
            if (isLate || failure.isPresent() || pauses(AWAIT_STEP_MILLIS)) {
                return isReady();
            }
        }
        return true;
    }

    /** Finishes the records at hand, commits, leaves the group; takes at most some 15 s. A second call does nothing. */
    @Override
    public void close() {
        closing.countDown();
        gauges.forEach(registry::remove);
        try {
            supervisor.join(JOIN_MILLIS);
            if (supervisor.isAlive()) {
                LOG.warn("{}: its supervisor did not end within {} ms", spec.applicationId(), JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void supervise() {
        try {
            while (!isClosing()) {
                awaitNeeds();
                if (!isClosing()) {
                    runOnce();
                }
            }
            waiting = Health.waiting("closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting = Health.waiting("closed");
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
            LOG.error("{} ended", spec.applicationId(), e);
        }
    }

    private void runOnce() throws InterruptedException {
        try (Broker broker = Broker.open(spec.kafka(), spec.applicationId() + "-lag");
                RunningStreams streams = RunningStreams.start(spec, topology, registry, deaths)) {
            running = Optional.of(streams);
            boolean isAsked = false;
            for (int look = 0; !isAsked && !streams.hasEnded(); look++) {
                isAsked = closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (look % LOOKS_PER_LAG == 0 && !isAsked) {
                    measureLag(broker, streams);
                }
            }
            running = Optional.empty();
            waiting = Health.waiting(isClosing() ? "closing" : "starts again");
        }
    }

    /** Where Kafka does not answer, the last figure stays; that it does not answer, {@link #health()} tells. */
    private void measureLag(Broker broker, RunningStreams streams) throws InterruptedException {
        try {
            Set<TopicPartition> partitions = streams.partitions();
            boolean isFresh = partitions.stream()
                    .anyMatch(partition -> progress.in(partition.partition()).isEmpty());
            lag.look(
                    broker.ends(partitions),
                    isFresh ? broker.committed(spec.applicationId()) : Map.of(),
                    System.nanoTime());
        } catch (KafkaException e) {
            LOG.debug("{}: its lag is not known: {}", spec.applicationId(), sentence(e));
        }
    }

    private int partitions() {
        return running.map(streams -> streams.partitions().size()).orElse(0);
    }

    private Gauge gauge(SightlineMeter meter, Supplier<Number> value) {
        return Meters.gauge(registry, meter, value, needs.stage().wireName());
    }

    private void awaitNeeds() throws InterruptedException {
        try (Broker broker = Broker.open(spec.kafka(), spec.applicationId() + "-topics")) {
            long waitMillis = LOOK_MILLIS;
            Optional<String> unmet = unmet(broker);
            while (unmet.isPresent() && !isClosing()) {
                say(unmet.get());
                closing.await(waitMillis, TimeUnit.MILLISECONDS);
                waitMillis = Math.min(2 * waitMillis, MAX_WAIT_MILLIS);
                unmet = unmet(broker);
            }
        }
    }

    private Optional<String> unmet(Broker broker) throws InterruptedException {
        try {
            return needs.unmet(broker.partitions(needs.all()));
        } catch (KafkaException e) {
            return Optional.of(spec.kafka() + ": " + sentence(e));
        }
    }

    private void say(String unmet) {
        Health now = Health.waiting("waits for " + unmet);
        if (!now.equals(waiting)) {
            waiting = now;
            LOG.warn("{} {}", spec.applicationId(), now.detail());
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Waits a little; whether it should wait no more, because the role closes or the thread was interrupted. */
    private boolean pauses(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String sentence(Throwable cause) {
        return Masking.text(DeadLetters.sentence(cause));
    }
}
