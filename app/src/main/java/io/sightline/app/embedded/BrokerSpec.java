package io.sightline.app.embedded;

import java.nio.file.Path;

/**
 * How to run a broker.
 *
 * @param dataDir its folder, made where missing: the log's segments, the lock, {@code broker.log}
 * @param port on 127.0.0.1; 0 takes a free one
 */
public record BrokerSpec(Path dataDir, int port, DiskLimits disk) {
    public BrokerSpec {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("broker port " + port + " is not within 0–65535");
        }
        dataDir = dataDir.toAbsolutePath().normalize();
    }

    public static BrokerSpec in(Path dataDir) {
        return new BrokerSpec(dataDir, 0, DiskLimits.defaults());
    }

    public BrokerSpec withPort(int otherPort) {
        return new BrokerSpec(dataDir, otherPort, disk);
    }

    public BrokerSpec withDisk(DiskLimits otherLimits) {
        return new BrokerSpec(dataDir, port, otherLimits);
    }

    /** Where Kafka keeps its segments. */
    Path logDir() {
        return dataDir.resolve("log");
    }

    /** What the child process logs. */
    Path logFile() {
        return dataDir.resolve("broker.log");
    }
}
