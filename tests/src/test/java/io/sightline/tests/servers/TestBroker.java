package io.sightline.tests.servers;

import io.sightline.app.embedded.BrokerSpec;
import io.sightline.app.embedded.DiskLimits;
import io.sightline.app.embedded.InProcessBroker;
import io.sightline.app.topics.TopicAdmin;
import io.sightline.app.topics.TopicPlan;
import io.sightline.runtime.streams.KafkaConnection;
import java.nio.file.Path;

/** A Kafka broker in this JVM with Sightline's topics. {@link #stop} and {@link #startAgain} keep port and records. */
public final class TestBroker implements AutoCloseable {
    private static final long MIB = 1 << 20;
    private static final DiskLimits DISK = new DiskLimits(64 * MIB, 16 * MIB, 512 * MIB);

    private BrokerSpec spec;
    private InProcessBroker broker;
    private boolean isRunning = true;

    private TestBroker(BrokerSpec spec) {
        this.broker = InProcessBroker.start(spec);
        this.spec = spec.withPort(broker.port());
    }

    /** With the topics in {@code partitions} partitions. */
    public static TestBroker withTopics(Path folder, int partitions) {
        TestBroker started = withoutTopics(folder);
        TopicAdmin.create(started.connection(), TopicPlan.embedded(partitions));
        return started;
    }

    public static TestBroker withoutTopics(Path folder) {
        return new TestBroker(BrokerSpec.in(folder.resolve("kafka")).withDisk(DISK));
    }

    public KafkaConnection connection() {
        return KafkaConnection.to("127.0.0.1:" + spec.port());
    }

    public void stop() {
        broker.close();
        isRunning = false;
    }

    public void startAgain() {
        broker = InProcessBroker.start(spec);
        isRunning = true;
    }

    @Override
    public void close() {
        if (isRunning) {
            stop();
        }
    }
}
