package io.sightline.app.cli;

import io.sightline.app.embedded.EmbeddedRedis;
import io.sightline.app.embedded.RedisSpec;
import io.sightline.app.pipeline.Closing;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.RunningServers;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.runtime.settings.Secret;
import io.sightline.runtime.streams.KafkaConnection;
import java.util.Optional;

/** Finds Kafka and Redis for commands that are not an all-in-one: the settings' own, else those of a running all-in-one. */
final class LocalInstallation {
    private LocalInstallation() {}

    static KafkaConnection kafka(SightlineSettings settings, Home home) {
        return settings.kafka()
                .connection()
                .or(() -> RunningServers.find(home.data()).map(running -> KafkaConnection.to(running.kafka())))
                .orElseThrow(
                        () -> new UnmetNeedException(
                                "no Kafka: name it with --kafka HOST:PORT (or kafka.bootstrap-servers), or start ./sightline run first"));
    }

    /** Redis for the gallery; without a running one, an embedded one is started on the same data and added to {@code closing}. */
    static RedisSettings redis(SightlineSettings settings, Home home, Closing closing) {
        return settings.redis().orElseGet(() -> {
            Optional<RunningServers> running = RunningServers.find(home.data());
            if (running.isPresent()) {
                return with(running.get().redisUrl(), running.get().redisPassword());
            }
            EmbeddedRedis server =
                    closing.add(EmbeddedRedis.start(RedisSpec.in(home.data().resolve("redis"), home.directory())));
            return with(server.url(), Optional.of(server.password()));
        });
    }

    static RedisSettings requireRedis(SightlineSettings settings) {
        return settings.redis()
                .orElseThrow(() ->
                        new UnmetNeedException("no Redis: name it with --redis redis://HOST:PORT (or redis.url)"));
    }

    static KafkaConnection requireKafka(SightlineSettings settings) {
        return settings.kafka()
                .connection()
                .orElseThrow(() -> new UnmetNeedException(
                        "no Kafka: name it with --kafka HOST:PORT (or kafka.bootstrap-servers)"));
    }

    private static RedisSettings with(String url, Optional<Secret> password) {
        RedisSettings at = RedisSettings.at(url);
        return new RedisSettings(at.url(), at.user(), password, at.namespace(), at.connectTimeout(), at.readTimeout());
    }
}
