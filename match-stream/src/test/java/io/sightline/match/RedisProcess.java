package io.sightline.match;

import io.sightline.match.gallery.RedisSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server of one test, on 127.0.0.1: the one on the path, else the embedded one. May be stopped and started again. */
public final class RedisProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private final List<String> options;
    private Process process;

    private RedisProcess(Path folder, int port, List<String> options) {
        this.folder = folder;
        this.port = port;
        this.options = options;
        this.process = launch();
    }

    /** Keeps nothing on disk unless the options say so. */
    public static RedisProcess start(Path folder, String... options) {
        RedisProcess redis = new RedisProcess(folder, freePort(), List.of(options));
        redis.awaitReady();
        return redis;
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public RedisSettings settings() {
        return RedisSettings.at("redis://127.0.0.1:" + port);
    }

    /** A client for looking into the server; the caller closes it. */
    public RedisClient client() {
        return RedisClient.builder().hostAndPort("127.0.0.1", port).build();
    }

    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("redis-server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void startAgain() {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                executable(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--logfile",
                folder.resolve("redis.log").toString()));
        command.addAll(options);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Waiting.until("redis-server on port " + port + " answers", LIMIT, () -> {
            try (RedisClient client = client()) {
                return answers(client);
            }
        });
    }

    private static boolean answers(RedisClient client) {
        try {
            return "PONG".equals(client.ping());
        } catch (JedisException e) {
            return String.valueOf(e.getMessage()).startsWith("NOAUTH");
        }
    }

    private static String executable() {
        Supplier<String> embedded = () -> {
            try {
                return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseGet(embedded);
    }
}
