package io.sightline.tests.servers;

import io.sightline.app.embedded.BrokerSpec;
import io.sightline.app.embedded.DiskLimits;
import io.sightline.app.embedded.InProcessBroker;
import io.sightline.app.topics.TopicAdmin;
import io.sightline.app.topics.TopicPlan;
import io.sightline.runtime.streams.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** A Kafka broker in this JVM with Sightline's topics. {@link #stop} and {@link #startAgain} keep port and records. */
public final class TestBroker implements AutoCloseable {
    private static final long MIB = 1 << 20;
    private static final DiskLimits DISK = new DiskLimits(64 * MIB, 16 * MIB, 512 * MIB);

    private static final String TLS = "TLS";

    private final Function<BrokerSpec, Map<String, String>> further;
    private BrokerSpec spec;
    private InProcessBroker broker;
    private boolean isRunning = true;

    private TestBroker(BrokerSpec spec, Function<BrokerSpec, Map<String, String>> further) {
        this.further = further;
        this.broker = InProcessBroker.start(spec, further.apply(spec));
        this.spec = spec.withPort(broker.port());
    }

    /** With the topics in {@code partitions} partitions. */
    public static TestBroker withTopics(Path folder, int partitions) {
        TestBroker started = withoutTopics(folder);
        TopicAdmin.create(started.connection(), TopicPlan.embedded(partitions));
        return started;
    }

    public static TestBroker withoutTopics(Path folder) {
        return new TestBroker(specIn(folder), spec -> Map.of());
    }

    /**
     * With the topics, and beside the plain listener, where everybody may do everything, one with TLS, where each client shows a
     * certificate of the authority and may do what it was granted. A restart gives that one another port.
     */
    public static TestBroker withTopicsAndTls(Path folder, int partitions, TestAuthority authority) throws IOException {
        Path certificate = authority.issue("broker");
        TestBroker started = new TestBroker(specIn(folder), spec -> tls(spec, certificate, authority.certificate()));
        TopicAdmin.create(started.connection(), TopicPlan.embedded(partitions));
        return started;
    }

    private static BrokerSpec specIn(Path folder) {
        return BrokerSpec.in(folder.resolve("kafka")).withDisk(DISK);
    }

    private static Map<String, String> tls(BrokerSpec spec, Path certificate, Path authority) {
        String prefix = "listener.name.tls.ssl.";
        return Map.ofEntries(
                Map.entry(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:" + spec.port() + ",TLS://127.0.0.1:0,CONTROLLER://127.0.0.1:0"),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,TLS:SSL,CONTROLLER:PLAINTEXT"),
                Map.entry(prefix + "keystore.type", "PEM"),
                Map.entry(prefix + "keystore.location", certificate.toString()),
                Map.entry(prefix + "truststore.type", "PEM"),
                Map.entry(prefix + "truststore.location", authority.toString()),
                Map.entry(prefix + "client.auth", "required"),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:ANONYMOUS"));
    }

    public KafkaConnection connection() {
        return KafkaConnection.to("127.0.0.1:" + spec.port());
    }

    /** {@code host:port} of the listener with TLS. */
    public String tlsAddress() {
        return "127.0.0.1:" + broker.port(TLS);
    }

    public void stop() {
        broker.close();
        isRunning = false;
    }

    public void startAgain() {
        broker = InProcessBroker.start(spec, further.apply(spec));
        isRunning = true;
    }

    @Override
    public void close() {
        if (isRunning) {
            stop();
        }
    }
}
