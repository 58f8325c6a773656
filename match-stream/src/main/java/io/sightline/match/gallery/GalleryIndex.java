package io.sightline.match.gallery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.sightline.match.search.DotProducts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local gallery in step with Redis. Its thread {@code match-gallery} loads all, then follows the stream of changes; when Redis is away
 * it says so once, retries (0.2 s, doubling to 5 s), and the last snapshot goes on serving. {@link #close()} ends and joins the thread.
 */
public final class GalleryIndex implements Supplier<GallerySnapshot>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GalleryIndex.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(10);

    private final RedisConnection redis;
    private final GalleryFollower follower;
    private final Clock clock;
    private final Thread thread;
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile GallerySnapshot snapshot = GallerySnapshot.empty();
    private volatile GalleryHealth.State state = GalleryHealth.State.WAITING;
    private volatile String waitsFor = "the gallery is being read for the first time";
    private volatile long revision;
    private volatile Instant lastTurnAt;
    private volatile Instant lastInStepAt;

    private GalleryIndex(RedisConnection redis, Clock clock) {
        this.redis = redis;
        this.follower = new GalleryFollower(redis, DotProducts.fastest());
        this.clock = clock;
        this.lastTurnAt = clock.instant();
        this.lastInStepAt = lastTurnAt;
        this.thread = new Thread(this::run, "match-gallery");
    }

    /** Starts the thread. Returns at once, whether Redis is there or not: see {@link #awaitLoaded}. */
    public static GalleryIndex start(RedisSettings settings, Clock clock) {
        return start(settings, clock, new CompositeMeterRegistry());
    }

    /** As {@link #start(RedisSettings, Clock)}, with the gallery's meters. */
    public static GalleryIndex start(RedisSettings settings, Clock clock, MeterRegistry registry) {
        GalleryIndex index = new GalleryIndex(RedisConnection.to(settings, "sightline-match-gallery", registry), clock);
        GalleryMeters.bind(registry, index, clock);
        index.thread.setDaemon(true);
        index.thread.start();
        return index;
    }

    /** The gallery as last read; empty before the first load. */
    @Override
    public GallerySnapshot get() {
        return snapshot;
    }

    /** Waits until the gallery was read once; false when the time is over. Deciding before would call everybody unknown. */
    public boolean awaitLoaded(Duration limit) throws InterruptedException {
        return loaded.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many changes of the gallery the snapshot has taken in: the same in every matcher that is in step. */
    long revision() {
        return revision;
    }

    public GalleryHealth health() {
        GallerySnapshot now = snapshot;
        String size = now.persons() + " persons, " + now.templates() + " templates";
        String detail = state == GalleryHealth.State.IN_STEP ? size : waitsFor;
        return new GalleryHealth(state, detail, now.version(), lastTurnAt, lastInStepAt);
    }

    private void run() {
        Duration delay = FIRST_RETRY;
        boolean hasLoaded = false;
        while (stopped.getCount() > 0) {
            lastTurnAt = clock.instant();
            try {
                if (hasLoaded) {
                    follower.follow().ifPresent(this::serve);
                } else {
                    serve(follower.load());
                    hasLoaded = true;
                }
                delay = FIRST_RETRY;
                revision = follower.revision();
                inStep();
            } catch (RuntimeException e) {
                away(e);
                delay = pause(delay);
            }
        }
    }

    private void serve(GallerySnapshot next) {
        GallerySnapshot before = snapshot;
        snapshot = next;
        if (before.persons() > 0 && next.persons() == 0) {
            LOG.warn(
                    "gallery: Redis at {} holds nobody now, {} persons before: nobody will be named",
                    redis.address(),
                    before.persons());
        }
        if (next.unusable() > before.unusable()) {
            LOG.warn(
                    "gallery: {} templates are left out, their dimension differs from others of their model; enrol them again",
                    next.unusable());
        }
    }

    private void inStep() {
        lastInStepAt = clock.instant();
        if (state != GalleryHealth.State.IN_STEP) {
            state = GalleryHealth.State.IN_STEP;
            LOG.info(
                    "gallery: in step with Redis at {}: {} persons, {} templates",
                    redis.address(),
                    snapshot.persons(),
                    snapshot.templates());
            loaded.countDown();
        }
    }

    private void away(RuntimeException failure) {
        if (stopped.getCount() == 0) {
            return;
        }
        waitsFor = String.valueOf(failure.getMessage());
        boolean isFirst = loaded.getCount() > 0;
        GalleryHealth.State next = isFirst ? GalleryHealth.State.WAITING : GalleryHealth.State.STALE;
        if (state != next || isFirst) {
            LOG.warn(
                    "gallery: {}; {}; retrying",
                    waitsFor,
                    isFirst ? "nobody can be named before it was read" : "the last one read goes on serving",
                    failure instanceof GalleryException ? null : failure);
        }
        state = next;
    }

    /** Waits, but not past a stop; gives the next delay. */
    private Duration pause(Duration delay) {
        try {
            if (stopped.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                return delay;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
        Duration doubled = delay.multipliedBy(2);
        return doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
    }

    @Override
    public void close() {
        stopped.countDown();
        redis.close();
        try {
            thread.join(JOIN_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
