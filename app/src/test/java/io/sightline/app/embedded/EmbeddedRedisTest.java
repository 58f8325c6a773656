package io.sightline.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

@Timeout(60)
class EmbeddedRedisTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenOutlivesAStopAndAKill() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(spec());
                RedisClient client = client(redis)) {
            client.set("person", "Ada");
        }

        try (EmbeddedRedis redis = EmbeddedRedis.start(spec())) {
            try (RedisClient client = client(redis)) {
                assertThat(client.get("person")).isEqualTo("Ada");
            }
            int port = redis.port();

            ProcessHandle.of(redis.pid()).orElseThrow().destroyForcibly();

            Waiting.until(Duration.ofSeconds(20), () -> redis.restarts() == 1, redis::health);
            assertThat(redis.port()).isEqualTo(port);
            try (RedisClient client = client(redis)) {
                assertThat(client.get("person")).isEqualTo("Ada");
            }
        }
    }

    @Test
    void packedBinaryServesWhereTheSystemHasNone() {
        RedisBinary packed = RedisBinary.packed(folder.resolve("cache"));

        try (EmbeddedRedis redis = EmbeddedRedis.start(spec(), packed);
                RedisClient client = client(redis)) {
            assertThat(client.set("person", "Ada")).isEqualTo("OK");
        }
        assertThat(packed.executable()).startsWith(folder).isExecutable();
        assertThat(packed.majorVersion()).isEqualTo(6);
    }

    @Test
    void olderRedisDoesNotStartOnANewerOnesGallery() throws Exception {
        Files.createDirectories(spec().dataDir().resolve("appendonlydir"));
        RedisBinary older = new RedisBinary(Path.of("/nowhere/redis-server"), 6);

        assertThatThrownBy(() -> EmbeddedRedis.start(spec(), older))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("written by Redis 7 or newer")
                .hasMessageContaining("apt-get install redis-server");
    }

    @Test
    void nobodyEntersWithoutThePasswordWhichNoProcessListShows() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(spec());
                RedisClient stranger = RedisClient.create("127.0.0.1", redis.port())) {
            String password = redis.password().reveal();

            assertThatThrownBy(() -> stranger.get("person")).hasMessageContaining("NOAUTH");

            assertThat(ProcessHandle.allProcesses()
                            .map(process -> process.info().commandLine().orElse("")))
                    .noneMatch(command -> command.contains(password));
            try (var files = Files.walk(spec().dataDir())) {
                assertThat(files.filter(Files::isRegularFile))
                        .allSatisfy(file -> assertThat(file)
                                .content(StandardCharsets.ISO_8859_1)
                                .doesNotContain(password));
            }
            assertThat(redis.url() + redis.password() + redis.health()).doesNotContain(password);
        }
    }

    @Test
    void folderInUseIsRefused() {
        try (EmbeddedRedis first = EmbeddedRedis.start(spec())) {
            assertThatThrownBy(() -> EmbeddedRedis.start(spec()))
                    .hasMessageContaining("in use by another Sightline")
                    .hasMessageContaining(spec().dataDir().toString());
            assertThat(first.health().isReady()).isTrue();
        }
    }

    @Test
    void brokerAndRedisEndWithAKilledProgram() throws Exception {
        Process program = ServersOfAnotherProgram.start(folder);
        long[] pids = ServersOfAnotherProgram.pids(program);

        program.destroyForcibly().waitFor();

        Waiting.untilEnded(pids[0]);
        Waiting.untilEnded(pids[1]);
        try (EmbeddedRedis again = EmbeddedRedis.start(ServersOfAnotherProgram.redisSpec(folder))) {
            assertThat(again.health().isReady()).isTrue();
        }
    }

    @Test
    void serverLeftByAKilledWatchIsEndedAtTheNextStart() {
        EmbeddedRedis left = EmbeddedRedis.start(spec());
        long leftPid = left.pid();
        ProcessHandle shell =
                ProcessHandle.of(leftPid).flatMap(ProcessHandle::parent).orElseThrow();
        shell.destroyForcibly();

        Waiting.until(Duration.ofSeconds(20), () -> left.restarts() == 1, left::health);

        Waiting.untilEnded(leftPid);
        left.close();
    }

    private RedisSpec spec() {
        return RedisSpec.in(folder.resolve("redis data"), folder.resolve("cache"));
    }

    private static RedisClient client(EmbeddedRedis redis) {
        return RedisClient.builder()
                .hostAndPort(new HostAndPort("127.0.0.1", redis.port()))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .password(redis.password().reveal())
                        .build())
                .build();
    }
}
