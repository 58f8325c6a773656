package io.sightline.match.gallery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.sightline.runtime.settings.Secret;
import java.util.function.Function;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A pool of connections to one Redis; opens none until the first call. After a restart of the server the pool's connections are dead, so
 * a call that fails on its connection is made once more: only pass calls that may be repeated. Thread-safe.
 */
public final class RedisConnection implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 4;

    private final RedisSettings settings;
    private final GalleryKeys keys;
    private final RedisClient client;
    private final RedisTimes times;

    private RedisConnection(RedisSettings settings, RedisClient client, RedisTimes times) {
        this.times = times;
        this.settings = settings;
        this.keys = new GalleryKeys(settings.namespace());
        this.client = client;
    }

    /** Prepares the pool; the caller closes it. No I/O. */
    public static RedisConnection to(RedisSettings settings, String clientName) {
        return to(settings, clientName, new CompositeMeterRegistry());
    }

    /** As {@link #to(RedisSettings, String)}, and times its calls. */
    public static RedisConnection to(RedisSettings settings, String clientName, MeterRegistry registry) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .socketTimeoutMillis(Math.toIntExact(settings.readTimeout().toMillis()))
                .blockingSocketTimeoutMillis(
                        Math.toIntExact(settings.readTimeout().toMillis()) + GalleryFollower.BLOCK_MILLIS)
                .database(settings.database())
                .clientName(clientName);
        settings.user().ifPresent(config::user);
        settings.password().map(Secret::reveal).ifPresent(config::password);
        if (settings.usesTls()) {
            config.sslOptions(SslOptions.defaults());
        }
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MAX_CONNECTIONS);
        pool.setMaxWait(settings.connectTimeout().plus(settings.readTimeout()));
        pool.setJmxEnabled(false);
        RedisClient client = RedisClient.builder()
                .hostAndPort(settings.host(), settings.port())
                .clientConfig(config.build())
                .poolConfig(pool)
                .build();
        return new RedisConnection(settings, client, new RedisTimes(registry));
    }

    public GalleryKeys keys() {
        return keys;
    }

    /** The address, without credentials. */
    public String address() {
        return settings.url();
    }

    /**
     * Makes the call, once more when its connection broke.
     *
     * @throws GalleryException when Redis is away, full or refuses
     */
    public <T> T call(String what, Function<RedisClient, T> call) {
        long begun = System.nanoTime();
        boolean isAnswered = false;
        try {
            T answer = await(what, call);
            isAnswered = true;
            return answer;
        } finally {
            times.took(System.nanoTime() - begun, isAnswered);
        }
    }

    /** As {@link #call}, for a command that waits for something to happen: how long it takes says nothing of Redis. */
    <T> T await(String what, Function<RedisClient, T> call) {
        try {
            try {
                return call.apply(client);
            } catch (JedisConnectionException broken) {
                client.getPool().clear();
                return call.apply(client);
            }
        } catch (JedisException e) {
            throw new GalleryException(what + " failed: " + RedisProblem.explain(settings, e), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
