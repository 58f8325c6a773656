package io.sightline.tests.servers;

import io.sightline.app.embedded.EmbeddedRedis;
import io.sightline.app.embedded.RedisSpec;
import io.sightline.runtime.settings.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A {@code redis-server} of the system, or else the packed one, with a password. {@link #stop} and {@link #startAgain} keep port and
 * data but not the password: a client must be told the new one, so a restart under a running client is {@link #kill}.
 */
public final class TestRedis implements AutoCloseable {
    private RedisSpec spec;
    private Optional<EmbeddedRedis> running;

    private TestRedis(RedisSpec spec) {
        EmbeddedRedis redis = EmbeddedRedis.start(spec);
        this.running = Optional.of(redis);
        this.spec = spec.withPort(redis.port());
    }

    public static TestRedis in(Path folder) {
        return new TestRedis(RedisSpec.in(folder.resolve("redis"), folder.resolve("cache")));
    }

    /** {@code redis://127.0.0.1:41234}. */
    public String url() {
        return "redis://127.0.0.1:" + spec.port();
    }

    public int port() {
        return spec.port();
    }

    /** Of the server that runs now. */
    public Secret password() {
        return server().password();
    }

    /** As {@code kill -9} does; it is back within a second, with port, password and data. Returns when it is. */
    public void kill() {
        EmbeddedRedis redis = server();
        int before = redis.restarts();
        ProcessHandle.of(redis.pid()).ifPresent(ProcessHandle::destroyForcibly);
        Waiting.until(
                "Redis to be started again",
                Duration.ofSeconds(20),
                () -> redis.restarts() > before && redis.health().isReady(),
                redis::health);
    }

    public void stop() {
        running.ifPresent(EmbeddedRedis::close);
        running = Optional.empty();
    }

    public void startAgain() {
        running = Optional.of(EmbeddedRedis.start(spec));
    }

    private EmbeddedRedis server() {
        return running.orElseThrow(() -> new IllegalStateException("Redis is stopped"));
    }

    @Override
    public void close() {
        stop();
    }
}
