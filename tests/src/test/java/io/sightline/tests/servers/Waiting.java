package io.sightline.tests.servers;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition with a bound; what it saw last is in the failure. */
public final class Waiting {
    private static final long PAUSE_NANOS = 20_000_000;

    private Waiting() {}

    /**
     * Returns when the condition holds.
     *
     * @param what completes "waited for …"
     * @param state is asked once, for the failure
     */
    public static void until(String what, Duration limit, BooleanSupplier condition, Supplier<?> state) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("waited " + limit.toSeconds() + " s for " + what + "; state: " + state.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The first value that fits. */
    public static <T> T forValue(String what, Duration limit, Supplier<T> source, Predicate<T> fits) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        T value = source.get();
        while (!fits.test(value)) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("waited " + limit.toSeconds() + " s for " + what + "; last seen: " + value);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            value = source.get();
        }
        return value;
    }
}
