package io.sightline.app.embedded;

import io.sightline.runtime.ops.Health;
import io.sightline.runtime.streams.KafkaConnection;

/**
 * The all-in-one's broker: a child process on 127.0.0.1 that ends with this one and is started again when it dies, on the same
 * port, with its data. It takes some 2 s to start, 4 s to be back after a kill,
 * and some 180 MB.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final SupervisedServer server;

    private EmbeddedBroker(SupervisedServer server) {
        this.server = server;
    }

    /** Returns when clients can connect; throws {@link EmbeddedServerException}. */
    public static EmbeddedBroker startChild(BrokerSpec spec) {
        return new EmbeddedBroker(SupervisedServer.start(
                "embedded broker", spec.port(), port -> BrokerProcess.launch(spec.withPort(port))));
    }

    public int port() {
        return server.port();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    public KafkaConnection connection() {
        return KafkaConnection.to(bootstrapServers());
    }

    /** Not ready while it is being started again; the detail says why it ended, such as {@code disk full under DIR}. */
    public Health health() {
        return server.health();
    }

    /** Of the child process, whose CPU time and memory count as the all-in-one's. */
    public long pid() {
        return server.pid();
    }

    /** How often the child was started again. */
    public int restarts() {
        return server.restarts();
    }

    /** Ends the child in order, by force after 10 s. The data stays. */
    @Override
    public void close() {
        server.close();
    }
}
