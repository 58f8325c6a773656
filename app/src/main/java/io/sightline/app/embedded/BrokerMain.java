package io.sightline.app.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;

/**
 * The embedded broker as a process of its own. It prints one line ({@link BrokerLine}) when clients can connect or when it
 * cannot run, and ends when its standard input does, so that it never outlives the process that started it.
 */
final class BrokerMain {
    /** Exit codes: as {@code sysexits.h} has them. */
    static final int CANNOT_START = 69;

    static final int DISK_FULL = 74;

    private static final Duration DISK_CHECK_PERIOD = Duration.ofMillis(250);
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(8);

    private final BrokerSpec spec;
    private final PrintStream toParent;
    private final CountDownLatch parentGone = new CountDownLatch(1);

    private BrokerMain(BrokerSpec spec, PrintStream toParent) {
        this.spec = spec;
        this.toParent = toParent;
    }

    /** Arguments: data folder, port, least free bytes, reserve bytes, partition bytes; see {@link #arguments}. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream toParent = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        BrokerSpec spec = new BrokerSpec(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                new DiskLimits(
                        Long.parseLong(arguments[2]), Long.parseLong(arguments[3]), Long.parseLong(arguments[4])));
        Runtime.getRuntime().halt(new BrokerMain(spec, toParent).run());
    }

    static String[] arguments(BrokerSpec spec) {
        return new String[] {
            spec.dataDir().toString(),
            Integer.toString(spec.port()),
            Long.toString(spec.disk().minFreeBytes()),
            Long.toString(spec.disk().reserveBytes()),
            Long.toString(spec.disk().partitionBytes())
        };
    }

    private int run() throws InterruptedException {
        Exit.setHaltProcedure((code, message) -> haltWithCause(code));
        Exit.setExitProcedure((code, message) -> haltWithCause(code));
        watchParent(System.in);
        InProcessBroker broker;
        try {
            broker = InProcessBroker.start(spec, new StandardFaultHandlerFactory());
        } catch (EmbeddedServerException e) {
            say(BrokerLine.failed(e.getMessage()));
            return CANNOT_START;
        }
        say(BrokerLine.ready(broker.bootstrapServers()));
        int code = serve();
        broker.close();
        return code;
    }

    /** Until the parent is gone or the disk nearly full. */
    private int serve() throws InterruptedException {
        while (!parentGone.await(DISK_CHECK_PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
            var shortage = DiskSpace.of(spec.dataDir()).shortage(spec.disk().reserveBytes());
            if (shortage.isPresent()) {
                say(BrokerLine.failed(shortage.get()));
                haltAfter(SHUTDOWN_LIMIT, DISK_FULL);
                return DISK_FULL;
            }
        }
        return 0;
    }

    private void watchParent(InputStream input) {
        Thread watcher = new Thread(
                () -> {
                    try {
                        while (input.read() >= 0) {
                            // The parent sends nothing; only the end counts.
                        }
                    } catch (IOException e) {
                        // A broken pipe is the end, too.
                    }
                    parentGone.countDown();
                    haltAfter(SHUTDOWN_LIMIT, CANNOT_START);
                },
                "broker-parent-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** A shutdown that hangs, as one without disk space can, must not keep the process. */
    private static void haltAfter(Duration limit, int code) {
        Thread halter = new Thread(
                () -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(limit.toMillis());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(code);
                },
                "broker-halt");
        halter.setDaemon(true);
        halter.start();
    }

    /** Kafka ends the process when it cannot write any longer; with no space left, that is why. */
    private void haltWithCause(int code) {
        var shortage =
                DiskSpace.of(spec.dataDir()).shortage(Math.max(spec.disk().reserveBytes(), 1 << 20));
        shortage.ifPresent(sentence -> say(BrokerLine.failed(sentence)));
        Runtime.getRuntime().halt(shortage.isPresent() ? DISK_FULL : code);
    }

    private void say(String line) {
        toParent.println(line);
        toParent.flush();
    }
}
