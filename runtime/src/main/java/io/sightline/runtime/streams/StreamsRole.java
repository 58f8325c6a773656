package io.sightline.runtime.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.ops.Health;
import io.sightline.runtime.settings.Masking;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
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
    private static final long MAX_WAIT_MILLIS = 2_000;
    private static final long AWAIT_STEP_MILLIS = 20;
    private static final long JOIN_MILLIS = 15_000;

    private final StreamsSpec spec;
    private final Topology topology;
    private final TopicNeeds needs;
    private final MeterRegistry registry;
    private final ThreadDeaths deaths;
    private final Gauge readyGauge;
    private final Thread supervisor;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Health waiting;
    private volatile Optional<RunningStreams> running = Optional.empty();
    private volatile Optional<Throwable> failure = Optional.empty();

    private StreamsRole(StreamsSpec spec, Topology topology, MeterRegistry registry) {
        this.spec = spec;
        this.topology = topology;
        this.needs = TopicNeeds.of(topology);
        this.registry = registry;
        this.deaths = new ThreadDeaths(spec.applicationId(), needs.stage(), registry, closing);
        this.waiting = Health.waiting("waits for " + spec.kafka());
        this.readyGauge = Meters.gauge(
                registry,
                SightlineMeter.ROLE_READY,
                () -> isReady() ? 1 : 0,
                needs.stage().wireName());
        this.supervisor = new Thread(this::supervise, spec.applicationId() + "-supervisor");
    }

    /** Returns at once; ask {@link #health()} or {@link #awaitReady} how far it is. */
    public static StreamsRole start(StreamsSpec spec, Topology topology, MeterRegistry registry) {
        StreamsRole role = new StreamsRole(spec, topology, registry);
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
        registry.remove(readyGauge);
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
        try (RunningStreams streams = RunningStreams.start(spec, topology, registry, deaths)) {
            running = Optional.of(streams);
            boolean isAsked = false;
            while (!isAsked && !streams.hasEnded()) {
                isAsked = closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            running = Optional.empty();
            waiting = Health.waiting(isClosing() ? "closing" : "starts again");
        }
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
