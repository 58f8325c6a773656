package io.sightline.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void resultsAreInTheOrderOfTheWork() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        try (Workers workers = new Workers(3, line -> {})) {
            List<Integer> squares = workers.map("squares", 1000, i -> {
                threads.add(Thread.currentThread().getName());
                return i * i;
            });

            assertThat(squares)
                    .isEqualTo(IntStream.range(0, 1000).map(i -> i * i).boxed().toList());
            assertThat(workers.map("nothing", 0, i -> i)).isEmpty();
        }
        assertThat(threads).allMatch(name -> name.startsWith("evaluate-")).hasSizeBetween(1, 3);
    }

    @Test
    void firstFailureEndsTheRestAndIsThrownAsItWas() {
        AtomicInteger begun = new AtomicInteger();
        try (Workers workers = new Workers(1, line -> {})) {
            assertThatThrownBy(() -> workers.map("work", 1000, i -> {
                        begun.incrementAndGet();
                        if (i == 3) {
                            throw new IllegalArgumentException("the fourth is broken");
                        }
                        return i;
                    }))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the fourth is broken");
        }
        assertThat(begun).hasValue(4);
    }

    @Test
    void threadsEndWithTheirOwner() {
        try (Workers workers = new Workers(2, line -> {})) {
            assertThat(workers.map("work", 2, i -> i)).containsExactly(0, 1);
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("evaluate-") && thread.isAlive());
    }

    @Test
    void noThreadIsNoWorker() {
        assertThatThrownBy(() -> new Workers(0, line -> {})).hasMessage("0 threads: one is the least");
    }
}
