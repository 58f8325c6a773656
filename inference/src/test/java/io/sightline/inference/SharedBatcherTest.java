package io.sightline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.inference.SharedBatcher.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SharedBatcherTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void endCallers() {
        callers.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachCallerGetsItsOwnResultOrError(long seed) throws InterruptedException, ExecutionException {
        Random random = new Random(seed);
        Limits limits = new Limits(1 + random.nextInt(7), Duration.ofMillis(random.nextInt(3)), 8);
        Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

        try (SharedBatcher<Integer, String> batcher = SharedBatcher.start("test", limits, batch -> {
            sizes.add(batch.size());
            return batch.stream().map(SharedBatcherTest::work).toList();
        })) {
            List<Future<?>> done = new ArrayList<>();
            for (int caller = 0; caller < 12; caller++) {
                int first = caller * 1000;
                done.add(callers.submit(() -> {
                    callManyTimes(batcher, first);
                    return first;
                }));
            }
            for (Future<?> caller : done) {
                caller.get();
            }
        }

        assertThat(sizes).as("seed %d", seed).allMatch(size -> size >= 1 && size <= limits.maxBatch());
    }

    @Test
    void aFullBatchDoesNotWaitForTime() throws InterruptedException, ExecutionException {
        Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
        try (SharedBatcher<Integer, Integer> batcher = SharedBatcher.start("test", new Limits(3, LONG, 3), batch -> {
            sizes.add(batch.size());
            return batch;
        })) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int input = i;
                results.add(callers.submit(() -> batcher.call(input)));
            }

            for (int i = 0; i < 3; i++) {
                assertThat(results.get(i).get()).isEqualTo(i);
            }
        }
        assertThat(sizes).containsExactly(3);
    }

    @Test
    void aLoneRequestGoesOutAfterItsWait() throws InterruptedException {
        try (SharedBatcher<Integer, Integer> batcher =
                SharedBatcher.start("test", new Limits(8, Duration.ofMillis(2), 8), batch -> batch)) {
            assertThat(batcher.call(5)).isEqualTo(5);
        }
    }

    @Test
    void aBatchWithTooFewResultsIsAnErrorOfTheWork() {
        try (SharedBatcher<Integer, Integer> batcher =
                SharedBatcher.start("test", new Limits(1, Duration.ZERO, 1), batch -> List.of())) {
            assertThatThrownBy(() -> batcher.call(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("batcher-test: 1 inputs gave 0 results");
        }
    }

    @Test
    void anErrorOfTheMachineReachesTheCallerToo() throws InterruptedException {
        try (SharedBatcher<Integer, Integer> batcher =
                SharedBatcher.start("test", new Limits(1, Duration.ZERO, 1), batch -> {
                    if (batch.contains(1)) {
                        throw new OutOfMemoryError("device");
                    }
                    return batch;
                })) {
            assertThatThrownBy(() -> batcher.call(1)).isInstanceOf(OutOfMemoryError.class);
            assertThat(batcher.call(2)).isEqualTo(2);
        }
    }

    @Test
    void callersWaitWhileTheQueueIsFull() throws InterruptedException, ExecutionException {
        CountDownLatch isWorking = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        try (SharedBatcher<Integer, Integer> batcher =
                SharedBatcher.start("test", new Limits(1, Duration.ZERO, 1), batch -> {
                    isWorking.countDown();
                    await(mayGoOn);
                    return batch;
                })) {
            Future<Integer> working = callers.submit(() -> batcher.call(1));
            isWorking.await();
            List<Future<Integer>> waiting = List.of(
                    callers.submit(() -> batcher.call(2)),
                    callers.submit(() -> batcher.call(3)),
                    callers.submit(() -> batcher.call(4)));

            mayGoOn.countDown();

            assertThat(working.get()).isEqualTo(1);
            assertThat(waiting.get(0).get()).isEqualTo(2);
            assertThat(waiting.get(1).get()).isEqualTo(3);
            assertThat(waiting.get(2).get()).isEqualTo(4);
        }
    }

    @Test
    void closingFinishesWhatWasTakenAndRefusesMore() throws InterruptedException, ExecutionException {
        CountDownLatch isWorking = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        SharedBatcher<Integer, Integer> batcher =
                SharedBatcher.start("test", new Limits(1, Duration.ZERO, 4), batch -> {
                    isWorking.countDown();
                    await(mayGoOn);
                    return batch;
                });
        Future<Integer> taken = callers.submit(() -> batcher.call(1));
        isWorking.await();
        mayGoOn.countDown();

        batcher.close();
        batcher.close();

        assertThat(taken.get()).isEqualTo(1);
        assertThatThrownBy(() -> batcher.call(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("batcher-test is closed");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("batcher-test"));
    }

    @Test
    void closingInHasteFreesTheCallersOfWorkThatHangs() throws InterruptedException {
        CountDownLatch isWorking = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        SharedBatcher<Integer, Integer> batcher =
                SharedBatcher.start("test", new Limits(1, Duration.ZERO, 4), batch -> {
                    isWorking.countDown();
                    await(never);
                    return batch;
                });
        Future<Integer> hanging = callers.submit(() -> batcher.call(1));
        isWorking.await();

        Thread.currentThread().interrupt();
        batcher.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(hanging::get).hasRootCauseMessage("batcher-test is closed");
    }

    @Test
    void anInterruptedCallerLeavesAndTheOthersGoOn() throws InterruptedException, ExecutionException {
        CountDownLatch isWorking = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Queue<Integer> computed = new ConcurrentLinkedQueue<>();
        try (SharedBatcher<Integer, Integer> batcher =
                SharedBatcher.start("test", new Limits(1, Duration.ZERO, 4), batch -> {
                    isWorking.countDown();
                    await(mayGoOn);
                    computed.addAll(batch);
                    return batch;
                })) {
            Future<Integer> working = callers.submit(() -> batcher.call(1));
            isWorking.await();
            Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
            Thread leaving =
                    new Thread(() -> assertThatThrownBy(() -> batcher.call(2)).satisfies(thrown::add));
            leaving.start();
            while (leaving.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            leaving.interrupt();
            leaving.join();
            assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
            mayGoOn.countDown();

            assertThat(working.get()).isEqualTo(1);
            assertThat(batcher.call(3)).isEqualTo(3);
        }
        assertThat(computed).containsExactly(1, 3);
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> new Limits(0, Duration.ZERO, 1))
                .hasMessageStartingWith("batches of 0 with a queue of 1");
        assertThatThrownBy(() -> new Limits(4, Duration.ZERO, 3))
                .hasMessageStartingWith("batches of 4 with a queue of 3");
        assertThatThrownBy(() -> new Limits(1, Duration.ofMillis(-1), 1)).hasMessage("a wait of PT-0.001S");
    }

    private static void callManyTimes(SharedBatcher<Integer, String> batcher, int first) throws InterruptedException {
        for (int input = first; input < first + 200; input++) {
            int asked = input;
            if (isPoison(asked)) {
                assertThatThrownBy(() -> batcher.call(asked))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("poison " + asked);
            } else {
                assertThat(batcher.call(asked)).isEqualTo("result " + asked);
            }
        }
    }

    private static String work(int input) {
        if (isPoison(input)) {
            throw new IllegalArgumentException("poison " + input);
        }
        return "result " + input;
    }

    private static boolean isPoison(int input) {
        return input % 17 == 0;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
