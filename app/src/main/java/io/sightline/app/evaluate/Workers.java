package io.sightline.app.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A few threads that share out numbered work, and say now and then how far it is. Owns its threads; {@link #close} ends them within a bound. Used by one thread at a
 * time.
 */
public final class Workers implements AutoCloseable {
    private static final long REPORT_EVERY_SECONDS = 10;
    private static final long END_WITHIN_SECONDS = 10;

    private final int threads;
    private final ExecutorService pool;
    private final Consumer<String> progress;

    /**
     * @param progress is told in sentences, by the thread that called {@link #map}
     */
    public Workers(int threads, Consumer<String> progress) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads: one is the least");
        }
        AtomicInteger next = new AtomicInteger();
        this.threads = threads;
        this.progress = progress;
        this.pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "evaluate-" + next.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What {@code work} makes of 0 to {@code count} − 1, in their order; its first failure ends the rest and is thrown as it was. */
    <T> List<T> map(String what, int count, IntFunction<T> work) {
        Turns<T> turns = new Turns<>(count);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, count); i++) {
            running.add(pool.submit(() -> turns.take(work)));
        }
        try {
            for (Future<?> future : running) {
                await(future, () -> progress.accept(what + ": " + turns.done() + " of " + count));
            }
        } finally {
            turns.stop();
        }
        return turns.results();
    }

    private static void await(Future<?> future, Runnable report) {
        while (true) {
            try {
                future.get(REPORT_EVERY_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                report.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while measuring", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                progress.accept("a thread is still at work after " + END_WITHIN_SECONDS + " s and is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands out numbers and keeps what became of them, under its own lock. */
    private static final class Turns<T> {
        private final AtomicInteger next = new AtomicInteger();
        private final int count;
        private final List<T> results = new ArrayList<>();
        private final List<Integer> indices = new ArrayList<>();

        Turns(int count) {
            this.count = count;
        }

        void take(IntFunction<T> work) {
            try {
                for (int turn = next.getAndIncrement(); turn < count; turn = next.getAndIncrement()) {
                    T result = work.apply(turn);
                    synchronized (this) {
                        results.add(result);
                        indices.add(turn);
                    }
                }
            } catch (RuntimeException | Error e) {
                stop();
                throw e;
            }
        }

        synchronized int done() {
            return results.size();
        }

        void stop() {
            next.set(count);
        }

        synchronized List<T> results() {
            List<T> ordered = new ArrayList<>(results);
            for (int i = 0; i < ordered.size(); i++) {
                ordered.set(indices.get(i), results.get(i));
            }
            return ordered;
        }
    }
}
