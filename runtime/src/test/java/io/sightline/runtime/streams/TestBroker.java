package io.sightline.runtime.streams;

import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.LoggerFactory;

/** A real broker in this JVM, which can be stopped and started again on its port and folder. */
final class TestBroker implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("controller.quorum.voters", "1@127.0.0.1:0"),
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"),
            Map.entry("background.threads", "1"),
            Map.entry("broker.session.timeout.ms", "2000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("message.max.bytes", Integer.toString(Topic.MAX_RECORD_BYTES)),
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"));

    private final Path folder;
    private final int port;
    private ControllerServer controller;
    private BrokerServer broker;

    @SuppressWarnings("NullAway.Init")
    private TestBroker(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Runs at once, on any port that is free. */
    static TestBroker start(Path folder) {
        TestBroker broker = new TestBroker(folder, freePort());
        broker.start();
        return broker;
    }

    /** A broker that is not there yet. */
    static TestBroker absent(Path folder) {
        return new TestBroker(folder, freePort());
    }

    KafkaConnection connection() {
        return KafkaConnection.to("127.0.0.1:" + port);
    }

    void start() {
        format();
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:0");
        settings.put("log.dirs", folder.toString());
        KafkaConfig config = new KafkaConfig(settings, false);
        var directories = KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(TestBroker.class), "");
        var voters = new CompletableFuture<Map<Integer, InetSocketAddress>>();
        var shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                new Metrics(),
                voters,
                List.of(),
                (name, fatal, action) -> new LoggingFaultHandler(name, action),
                ServerSocketFactory.INSTANCE);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        broker = new BrokerServer(shared);
        var bound = controller
                .socketServerFirstBoundPortFuture()
                .thenAccept(free ->
                        voters.complete(Map.of(1, new InetSocketAddress(InetAddress.getLoopbackAddress(), free))));
        controller.startup();
        bound.join();
        broker.startup();
        if (broker.boundPort(new ListenerName("PLAINTEXT")) != port) {
            throw new IllegalStateException("the broker took another port than " + port);
        }
    }

    void createTopics(int partitions) throws Exception {
        try (Admin admin = Admin.create(connection().clientProperties())) {
            admin.createTopics(Topics.all().stream()
                            .map(topic -> new NewTopic(topic.name(), partitions, (short) 1)
                                    .configs(Map.of("max.message.bytes", Integer.toString(Topic.MAX_RECORD_BYTES))))
                            .toList())
                    .all()
                    .get();
        }
    }

    void stop() {
        broker.shutdown(Duration.ofSeconds(5));
        controller.shutdown();
    }

    @Override
    public void close() {
        stop();
    }

    private void format() {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .setPrintStream(quiet)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot format " + folder, e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
