package io.sightline.inference;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers requests of several threads into batches for an accelerator. Each caller waits for its own result, so a stream
 * processor holds no record past its call. One thread of its own computes; its owner closes it.
 *
 * <p>A batch goes out when it is full or its oldest request has waited long enough. When the queue is full, callers wait.
 * When a batch fails, its requests are computed one by one, so that an error reaches only the caller who caused it.
 */
public final class SharedBatcher<I, O> implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Limits limits;
    private final Function<List<I>, List<O>> work;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition taken = lock.newCondition();

    @GuardedBy("lock")
    private final Deque<Request<I, O>> queue = new ArrayDeque<>();

    @GuardedBy("lock")
    private List<Request<I, O>> computing = List.of();

    @GuardedBy("lock")
    private boolean isClosed;

    /**
     * What bounds a batcher.
     *
     * @param maxBatch requests per batch
     * @param maxWait how long a request waits for company
     * @param queueCapacity requests waiting, at least {@code maxBatch}
     */
    public record Limits(int maxBatch, Duration maxWait, int queueCapacity) {
        public Limits {
            if (maxBatch < 1 || queueCapacity < maxBatch) {
                throw new IllegalArgumentException("batches of " + maxBatch + " with a queue of " + queueCapacity
                        + ": at least 1, and room for a batch");
            }
            if (maxWait.isNegative()) {
                throw new IllegalArgumentException("a wait of " + maxWait);
            }
        }
    }

    private record Request<I, O>(I input, long sinceNanos, CompletableFuture<O> result) {}

    private SharedBatcher(String name, Limits limits, Function<List<I>, List<O>> work) {
        this.limits = limits;
        this.work = work;
        this.thread = new Thread(this::loop, "batcher-" + name);
    }

    /**
     * Starts the thread {@code batcher-<name>}.
     *
     * @param work gives one result per input, in their order; called by that thread only
     */
    public static <I, O> SharedBatcher<I, O> start(String name, Limits limits, Function<List<I>, List<O>> work) {
        SharedBatcher<I, O> batcher = new SharedBatcher<>(name, limits, work);
        batcher.thread.start();
        return batcher;
    }

    /**
     * Waits for this input's result. What {@code work} threw for it is thrown here; {@link IllegalStateException} when the
     * batcher is closed.
     */
    public O call(I input) throws InterruptedException {
        Request<I, O> request = new Request<>(input, System.nanoTime(), new CompletableFuture<>());
        enqueue(request);
        try {
            return request.result().get();
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (InterruptedException e) {
            withdraw(request);
            throw e;
        }
    }

    /**
     * Takes no more requests, finishes those taken, and ends the thread. Where that takes more than 10 s, or the closing
     * thread is interrupted, the callers that still wait get an {@link IllegalStateException}.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            added.signalAll();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            abandon();
        }
    }

    private void enqueue(Request<I, O> request) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isClosed && queue.size() >= limits.queueCapacity()) {
                taken.await();
            }
            if (isClosed) {
                throw closed();
            }
            queue.add(request);
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    private void withdraw(Request<I, O> request) {
        lock.lock();
        try {
            queue.remove(request);
            taken.signal();
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        try {
            for (List<Request<I, O>> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
                compute(batch);
            }
        } catch (InterruptedException e) {
            abandon();
        }
    }

    /** Empty when closed and nothing is left. */
    private List<Request<I, O>> nextBatch() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty() && !isClosed) {
                added.await();
            }
            gather();
            List<Request<I, O>> batch = new ArrayList<>(limits.maxBatch());
            while (!queue.isEmpty() && batch.size() < limits.maxBatch()) {
                batch.add(queue.remove());
            }
            computing = batch;
            taken.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the batch is full, its oldest request has waited long enough, or the batcher is closed. */
    @GuardedBy("lock")
    private void gather() throws InterruptedException {
        while (!queue.isEmpty() && queue.size() < limits.maxBatch() && !isClosed) {
            long waitedNanos = System.nanoTime() - queue.element().sinceNanos();
            long leftNanos = limits.maxWait().toNanos() - waitedNanos;
            if (leftNanos <= 0 || added.awaitNanos(leftNanos) <= 0) {
                return;
            }
        }
    }

    private void compute(List<Request<I, O>> batch) {
        try {
            List<O> results = work.apply(batch.stream().map(Request::input).toList());
            if (results.size() != batch.size()) {
                throw new IllegalStateException(
                        thread.getName() + ": " + batch.size() + " inputs gave " + results.size() + " results");
            }
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(results.get(i));
            }
        } catch (Throwable failure) {
            if (batch.size() == 1) {
                batch.get(0).result().completeExceptionally(failure);
            } else {
                batch.forEach(request -> compute(List.of(request)));
            }
        }
    }

    /** Lets no caller wait for a thread that does not end. */
    private void abandon() {
        lock.lock();
        try {
            isClosed = true;
            queue.addAll(computing);
            queue.forEach(request -> request.result().completeExceptionally(closed()));
            queue.clear();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    private IllegalStateException closed() {
        return new IllegalStateException(thread.getName() + " is closed");
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException runtime) {
            return runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(cause);
    }
}
