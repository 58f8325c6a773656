package io.sightline.runtime.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.contracts.ops.Stage;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a stream thread that dies replaced, after 100 ms at first and twice as long each time up to 5 s; a minute without
 * a death starts over. Where a source topic has gone, the whole client ends, and the role waits for the topic. Called by
 * the dying threads, several at a time.
 */
final class ThreadDeaths implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadDeaths.class);
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long MAX_WAIT_MILLIS = 5_000;
    private static final Duration FORGET = Duration.ofMinutes(1);

    private final String role;
    private final Stage stage;
    private final Counter counter;
    private final CountDownLatch closing;
    private long waitMillis;
    private long lastNanos;
    private Optional<String> lastCause = Optional.empty();

    ThreadDeaths(String role, Stage stage, MeterRegistry registry, CountDownLatch closing) {
        this.role = role;
        this.stage = stage;
        this.counter = Meters.counter(registry, SightlineMeter.ROLE_THREAD_DEATHS, stage.wireName());
        this.closing = closing;
    }

    Stage stage() {
        return stage;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        if (isCausedBy(exception, MissingSourceTopicException.class)) {
            LOG.error("{}: a topic that it reads has gone; it waits until it is back", role);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        counter.increment();
        long millis = nextWaitMillis(exception);
        LOG.error("{}: a stream thread died; replacing it in {} ms", role, millis, exception);
        try {
            if (closing.await(millis, TimeUnit.MILLISECONDS)) {
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Why the last thread died, within the last minute. */
    synchronized Optional<String> recentCause() {
        return isLongAgo() ? Optional.empty() : lastCause;
    }

    private synchronized long nextWaitMillis(Throwable exception) {
        waitMillis = isLongAgo() ? FIRST_WAIT_MILLIS : Math.min(2 * waitMillis, MAX_WAIT_MILLIS);
        lastNanos = System.nanoTime();
        lastCause = Optional.of(DeadLetters.sentence(root(exception)));
        return waitMillis;
    }

    private synchronized boolean isLongAgo() {
        return lastCause.isEmpty() || System.nanoTime() - lastNanos > FORGET.toNanos();
    }

    private static Throwable root(Throwable exception) {
        Throwable deepest = exception;
        for (int i = 0; i < 20 && deepest.getCause() != null; i++) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static boolean isCausedBy(Throwable exception, Class<? extends Throwable> type) {
        Throwable one = exception;
        for (int i = 0; i < 20 && one != null; i++) {
            if (type.isInstance(one)) {
                return true;
            }
            one = one.getCause();
        }
        return false;
    }
}
