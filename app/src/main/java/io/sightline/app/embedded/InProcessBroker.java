package io.sightline.app.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller in this JVM, on 127.0.0.1: for tests, and what {@link BrokerMain} runs. Starts in some
 * 2 s the first time in a JVM, 0.3 s from then on. The folder must outlive it: Kafka halts the whole JVM when its log folder vanishes.
 */
public final class InProcessBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InProcessBroker.class);
    private static final ListenerName LISTENER = new ListenerName("PLAINTEXT");
    private static final int NODE_ID = 1;
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(5);
    /** A broker whose parent was killed needs some seconds to leave. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

    private final DirectoryLock lock;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private final int port;

    private InProcessBroker(DirectoryLock lock, ControllerServer controller, BrokerServer broker, int port) {
        this.lock = lock;
        this.controller = controller;
        this.broker = broker;
        this.port = port;
    }

    /** Returns when clients can connect; a fault of Kafka's is logged and leaves the JVM running. */
    public static InProcessBroker start(BrokerSpec spec) {
        return start(spec, Map.of());
    }

    /** The same with further settings of Kafka's, which win: another listener beside the plain one, a login, an authorizer. */
    public static InProcessBroker start(BrokerSpec spec, Map<String, String> further) {
        return start(spec, further, (name, fatal, action) -> new LoggingFaultHandler(name, action));
    }

    static InProcessBroker start(BrokerSpec spec, FaultHandlerFactory faults) {
        return start(spec, Map.of(), faults);
    }

    private static InProcessBroker start(BrokerSpec spec, Map<String, String> further, FaultHandlerFactory faults) {
        DirectoryLock lock = DirectoryLock.acquire(spec.dataDir(), LOCK_PATIENCE);
        try {
            DiskSpace.of(spec.dataDir()).require(spec.disk().minFreeBytes());
            format(spec);
            return startServers(spec, further, faults, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void format(BrokerSpec spec) {
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Files.createDirectories(spec.logDir());
            String directory = spec.logDir().toString();
            new Formatter()
                    .setNodeId(NODE_ID)
                    .setClusterId(clusterId(spec))
                    .addDirectory(directory)
                    .setMetadataLogDirectory(directory)
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .setPrintStream(quiet)
                    .run();
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "cannot prepare the broker's folder " + spec.logDir() + ": " + e.getMessage(), e);
        } catch (Exception e) {
            throw new EmbeddedServerException(
                    "the broker's folder " + spec.logDir() + " holds something that this version cannot read ("
                            + e.getMessage() + "): move it away to start with an empty one",
                    e);
        }
    }

    /** The one that the folder was formatted with, else a new one. */
    private static String clusterId(BrokerSpec spec) throws IOException {
        Path formatted = spec.logDir().resolve("meta.properties");
        Properties properties = new Properties();
        if (Files.exists(formatted)) {
            try (Reader reader = Files.newBufferedReader(formatted)) {
                properties.load(reader);
            }
        }
        return properties.getProperty("cluster.id", Uuid.randomUuid().toString());
    }

    private static InProcessBroker startServers(
            BrokerSpec spec, Map<String, String> further, FaultHandlerFactory faults, DirectoryLock lock) {
        Map<String, Object> properties = BrokerProperties.of(spec);
        properties.putAll(further);
        KafkaConfig config = new KafkaConfig(properties, false);
        var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        var voters = new CompletableFuture<Map<Integer, InetSocketAddress>>();
        var shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                new Metrics(),
                voters,
                List.of(),
                faults,
                ServerSocketFactory.INSTANCE);
        var controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        var broker = new BrokerServer(shared);
        var ports = controller
                .socketServerFirstBoundPortFuture()
                .thenAccept(bound -> voters.complete(
                        Map.of(NODE_ID, new InetSocketAddress(InetAddress.getLoopbackAddress(), bound))));
        try {
            controller.startup();
            ports.join();
            broker.startup();
            return new InProcessBroker(lock, controller, broker, broker.boundPort(LISTENER));
        } catch (RuntimeException e) {
            stop(broker, controller);
            throw new EmbeddedServerException(startFailure(spec, e), e);
        }
    }

    private static String startFailure(BrokerSpec spec, RuntimeException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return DiskSpace.of(spec.dataDir())
                .shortage(Math.max(1, spec.disk().reserveBytes()))
                .orElse("the embedded broker cannot start on 127.0.0.1:" + spec.port() + " with " + spec.dataDir()
                        + ": " + failure.getMessage() + " (" + root + ")");
    }

    private static void stop(BrokerServer broker, ControllerServer controller) {
        try {
            broker.shutdown(SHUTDOWN_LIMIT);
        } finally {
            controller.shutdown();
        }
    }

    public int port() {
        return port;
    }

    /** Of a further listener. */
    public int port(String listener) {
        return broker.boundPort(new ListenerName(listener));
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        try {
            stop(broker, controller);
        } finally {
            lock.close();
        }
    }
}
