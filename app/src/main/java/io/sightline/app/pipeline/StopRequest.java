package io.sightline.app.pipeline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody asked the process to end (Ctrl-C, SIGTERM): work stops in order, and the process waits for that, within a bound. */
public final class StopRequest implements AutoCloseable {
    private static final long FINISH_WITHIN_SECONDS = 30;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    private StopRequest() {}

    /** Listens for the process' end; close it when the work is done. */
    public static StopRequest ofProcess() {
        StopRequest request = new StopRequest();
        Runtime.getRuntime().addShutdownHook(new Thread(request::askAndWait, "stop-request"));
        return request;
    }

    /** A request that only {@link #ask()} makes. */
    public static StopRequest manual() {
        return new StopRequest();
    }

    public void ask() {
        asked.countDown();
    }

    /** Whether it was asked within the time. An interrupt counts as asked. */
    public boolean await(long time, TimeUnit unit) {
        try {
            return asked.await(time, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** The work is done: the process may end. */
    @Override
    public void close() {
        finished.countDown();
    }

    private void askAndWait() {
        ask();
        try {
            if (!finished.await(FINISH_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(
                        "sightline: not ended in order within " + FINISH_WITHIN_SECONDS + " s; ending anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
