package io.sightline.app.pipeline;

import io.sightline.app.embedded.BrokerSpec;
import io.sightline.app.embedded.EmbeddedBroker;
import io.sightline.app.embedded.EmbeddedRedis;
import io.sightline.app.embedded.RedisSpec;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.runtime.ops.Health;
import io.sightline.runtime.streams.KafkaConnection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Kafka and Redis of the all-in-one: those that the settings name, embedded ones in their place. */
public final class Servers implements AutoCloseable {
    private final Closing closing = new Closing();
    private final Map<String, Supplier<Health>> health = new LinkedHashMap<>();
    private final KafkaConnection kafka;
    private final RedisSettings redis;

    private Servers(SightlineSettings settings, Home home, Path data) {
        this.redis = settings.redis().orElseGet(() -> embeddedRedis(home, data));
        this.kafka = settings.kafka().connection().orElseGet(() -> embeddedBroker(data));
        closing.add(new RunningServers(
                        ProcessHandle.current().pid(), kafka.bootstrapServers(), redis.url(), redis.password())
                .leave(data));
    }

    /**
     * Starts what is not given.
     *
     * @param data where embedded servers keep their data
     */
    public static Servers start(SightlineSettings settings, Home home, Path data) {
        return new Servers(settings, home, data);
    }

    public KafkaConnection kafka() {
        return kafka;
    }

    public RedisSettings redis() {
        return redis;
    }

    /** Of the embedded ones. */
    public Map<String, Health> health() {
        Map<String, Health> now = new LinkedHashMap<>();
        health.forEach((name, server) -> now.put(name, server.get()));
        return now;
    }

    @Override
    public void close() {
        closing.close();
    }

    private KafkaConnection embeddedBroker(Path data) {
        try {
            EmbeddedBroker broker = closing.add(EmbeddedBroker.startChild(BrokerSpec.in(data.resolve("kafka"))));
            health.put("broker", broker::health);
            return broker.connection();
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private RedisSettings embeddedRedis(Home home, Path data) {
        EmbeddedRedis server = closing.add(EmbeddedRedis.start(RedisSpec.in(data.resolve("redis"), home.directory())));
        health.put("redis", server::health);
        RedisSettings at = RedisSettings.at(server.url());
        return new RedisSettings(
                at.url(),
                at.user(),
                Optional.of(server.password()),
                at.namespace(),
                at.connectTimeout(),
                at.readTimeout());
    }
}
