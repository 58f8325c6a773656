package io.sightline.app.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition with a bound. */
final class Waiting {
    private static final long PAUSE_NANOS = 20_000_000;

    private Waiting() {}

    /** Throws {@link AssertionError} with the state where the condition does not come true. */
    static void until(Duration limit, BooleanSupplier condition, Supplier<Object> state) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("not within " + limit + "; state: " + state.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Until no process has this id any more. */
    static void untilEnded(long pid) {
        until(
                Duration.ofSeconds(15),
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty(),
                () -> ProcessHandle.of(pid).map(ProcessHandle::info));
    }
}
