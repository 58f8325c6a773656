package io.sightline.app.embedded;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sightline.runtime.ops.Health;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps one server running: a thread waits for its end and starts it again on the same port, at once and then with pauses that
 * double up to 5 s. Each end is a warning, and so is the first failed start after it. It never gives up: a full disk may be emptied.
 */
final class SupervisedServer implements AutoCloseable {
    /** Starts the server; throws {@link EmbeddedServerException} where it cannot run. */
    interface Launcher {
        /** On the given port of 127.0.0.1; 0 takes a free one. */
        ServerProcess launch(int port);
    }

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedServer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final Launcher launcher;
    private final int port;
    private final Thread supervisor;
    private final CountDownLatch closed = new CountDownLatch(1);

    @GuardedBy("this")
    private ServerProcess process;

    @GuardedBy("this")
    private Health health;

    @GuardedBy("this")
    private int restarts;

    private SupervisedServer(String name, Launcher launcher, ServerProcess process) {
        this.name = name;
        this.launcher = launcher;
        this.process = process;
        this.port = process.port();
        this.health = ready();
        this.supervisor = new Thread(this::supervise, name.replace(' ', '-') + "-supervisor");
        this.supervisor.setDaemon(true);
    }

    /**
     * The first start is the caller's: it throws what the launcher throws.
     *
     * @param name {@code embedded broker}, as sentences have it
     */
    static SupervisedServer start(String name, int port, Launcher launcher) {
        SupervisedServer server = new SupervisedServer(name, launcher, launcher.launch(port));
        server.supervisor.start();
        return server;
    }

    int port() {
        return port;
    }

    synchronized Health health() {
        return health;
    }

    synchronized long pid() {
        return process.pid();
    }

    /** How often it was started again. */
    synchronized int restarts() {
        return restarts;
    }

    private void supervise() {
        try {
            while (closed.getCount() > 0) {
                ServerProcess current = current();
                String end = current.awaitEnd();
                if (closed.getCount() == 0) {
                    return;
                }
                String cause = current.lastWords().orElse("the " + name + " ended with " + end);
                report(cause + "; starting it again", true);
                current.close();
                restart();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void restart() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        boolean isFirst = true;
        while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                adopt(launcher.launch(port));
                return;
            } catch (EmbeddedServerException e) {
                report(e.getMessage(), isFirst);
                isFirst = false;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private synchronized void adopt(ServerProcess started) {
        process = started;
        restarts++;
        health = ready();
        if (closed.getCount() == 0) {
            started.close();
        } else {
            LOG.warn("the {} is back on 127.0.0.1:{}", name, port);
        }
    }

    private synchronized void report(String cause, boolean isNews) {
        LOG.atLevel(isNews ? Level.WARN : Level.DEBUG).log(cause);
        health = Health.waiting(cause);
    }

    private synchronized ServerProcess current() {
        return process;
    }

    private Health ready() {
        return Health.ready("on 127.0.0.1:" + port);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed.getCount() == 0) {
                return;
            }
            closed.countDown();
        }
        current().close();
        supervisor.interrupt();
        try {
            supervisor.join(JOIN_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
