package io.sightline.app.embedded;

import java.nio.file.Path;

/**
 * How to run a Redis.
 *
 * @param dataDir its folder, made where missing: the append-only file, the lock, {@code redis.log}
 * @param cacheDir in its {@code bin} the packed binary is unpacked, where the system has none
 * @param port on 127.0.0.1; 0 takes a free one
 */
public record RedisSpec(Path dataDir, Path cacheDir, int port) {
    public RedisSpec {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Redis port " + port + " is not within 0–65535");
        }
        dataDir = dataDir.toAbsolutePath().normalize();
        cacheDir = cacheDir.toAbsolutePath().normalize();
    }

    public static RedisSpec in(Path dataDir, Path cacheDir) {
        return new RedisSpec(dataDir, cacheDir, 0);
    }

    public RedisSpec withPort(int otherPort) {
        return new RedisSpec(dataDir, cacheDir, otherPort);
    }

    Path logFile() {
        return dataDir.resolve("redis.log");
    }

    /** Process id of the server that used the folder last. */
    Path pidFile() {
        return dataDir.resolve("redis.pid");
    }
}
