package io.sightline.app.embedded;

import io.sightline.runtime.ops.Health;
import io.sightline.runtime.settings.Secret;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The all-in-one's Redis on 127.0.0.1, with a password of its own that changes at each start. What is written stays in the data
 * folder, so a gallery outlives the program. Ends with this process, and is started again on the same port when it dies.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);
    private static final int PASSWORD_BYTES = 24;

    /** Redis 7 and newer keep the append-only file in this folder of the data folder. */
    private static final String NEWER_FOLDER = "appendonlydir";

    private static final int FIRST_WITH_FOLDER = 7;

    private final DirectoryLock lock;
    private final Secret password;
    private final SupervisedServer server;

    private EmbeddedRedis(DirectoryLock lock, Secret password, SupervisedServer server) {
        this.lock = lock;
        this.password = password;
        this.server = server;
    }

    /** Returns when it answers; throws {@link EmbeddedServerException}. */
    public static EmbeddedRedis start(RedisSpec spec) {
        return start(spec, RedisBinary.find(spec.cacheDir()));
    }

    static EmbeddedRedis start(RedisSpec spec, RedisBinary binary) {
        DirectoryLock lock = DirectoryLock.acquire(spec.dataDir(), LOCK_PATIENCE);
        try {
            requireReadable(spec, binary);
            Secret password = randomPassword();
            SupervisedServer server = SupervisedServer.start(
                    "embedded Redis", spec.port(), port -> RedisProcess.launch(spec.withPort(port), binary, password));
            return new EmbeddedRedis(lock, password, server);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** An older Redis would start with an empty gallery beside the newer one's file. */
    private static void requireReadable(RedisSpec spec, RedisBinary binary) {
        if (binary.majorVersion() < FIRST_WITH_FOLDER
                && Files.isDirectory(spec.dataDir().resolve(NEWER_FOLDER))) {
            throw new EmbeddedServerException(
                    "the gallery in " + spec.dataDir() + " was written by Redis 7 or newer, and "
                            + binary.executable() + " is version " + binary.majorVersion()
                            + ": install redis-server 7 (Debian: apt-get install redis-server), or give another data folder");
        }
    }

    private static Secret randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Secret.of(HexFormat.of().formatHex(bytes));
    }

    public int port() {
        return server.port();
    }

    /** {@code redis://127.0.0.1:41234}, without the password. */
    public String url() {
        return "redis://127.0.0.1:" + port();
    }

    /** Of the default user. */
    public Secret password() {
        return password;
    }

    /** Not ready while it is being started again. */
    public Health health() {
        return server.health();
    }

    /** Of the {@code redis-server} process. */
    public long pid() {
        return server.pid();
    }

    /** How often it was started again. */
    public int restarts() {
        return server.restarts();
    }

    /** Ends it in order, by force after 10 s. The data stays. */
    @Override
    public void close() {
        try {
            server.close();
        } finally {
            lock.close();
        }
    }
}
