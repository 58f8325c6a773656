package io.sightline.app.embedded;

import io.sightline.runtime.settings.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A {@code redis-server} under a shell that ends it when standard input does, which is when this process ends, however it ends.
 * Redis has no such watch of its own. The configuration with the password goes through that same standard input, and from the
 * shell to Redis through a pipe, so it stands in no process list and no file. Should the shell be killed too, the next start on the
 * folder ends the server that is left: its process id is in {@code redis.pid}.
 */
final class RedisProcess implements ServerProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    /** Reads the configuration up to a line with a dot, starts the server with it, prints its process id, waits for the end of input. */
    private static final String SCRIPT = """
            config=''
            while IFS= read -r line && [ "$line" != . ]; do
              config="$config$line
            "
            done
            exec 3<&0
            printf '%s' "$config" | "$1" - 3<&- >/dev/null 2>&1 &
            server=$!
            echo "$server"
            ( while IFS= read -r line; do :; done; kill "$server" 2>/dev/null ) <&3 &
            watch=$!
            wait "$server"
            code=$?
            kill "$watch" 2>/dev/null
            exit "$code"
            """;

    private final Process shell;
    private final int port;
    private final long pid;

    private RedisProcess(Process shell, int port, long pid) {
        this.shell = shell;
        this.port = port;
        this.pid = pid;
    }

    /** Starts one and waits until it answers. */
    static RedisProcess launch(RedisSpec spec, RedisBinary binary, Secret password) {
        endLeftOver(spec);
        RedisSpec placed = spec.port() == 0 ? spec.withPort(freePort()) : spec;
        try {
            Process shell = new ProcessBuilder(ChildCommand.detached(List.of(
                            "sh",
                            "-c",
                            SCRIPT,
                            "sightline-redis",
                            binary.executable().toString())))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            RedisProcess process =
                    new RedisProcess(shell, placed.port(), hello(shell, RedisConfig.of(placed, password)));
            Files.writeString(spec.pidFile(), Long.toString(process.pid));
            process.awaitAnswer(spec, password);
            return process;
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "cannot start the embedded Redis in " + spec.dataDir() + ": " + e.getMessage(), e);
        }
    }

    private static long hello(Process shell, String config) throws IOException {
        Writer writer = shell.outputWriter(StandardCharsets.UTF_8);
        writer.write(config + "\n.\n");
        writer.flush();
        BufferedReader reader = shell.inputReader(StandardCharsets.UTF_8);
        String pid = reader.readLine();
        if (pid == null) {
            shell.destroyForcibly();
            throw new IOException("the shell that starts it ended at once");
        }
        return Long.parseLong(pid.strip());
    }

    private void awaitAnswer(RedisSpec spec, Secret password) {
        long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
        try {
            while (!RedisPing.answers(port, password)) {
                if (shell.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new EmbeddedServerException("the embedded Redis ended at its start with exit code "
                            + shell.exitValue() + ": see " + spec.logFile());
                }
                if (System.nanoTime() > deadlineNanos) {
                    throw new EmbeddedServerException("the embedded Redis did not answer on 127.0.0.1:" + port
                            + " within " + START_LIMIT.toSeconds() + " s: see " + spec.logFile());
                }
            }
        } catch (EmbeddedServerException e) {
            close();
            throw e;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while the embedded Redis started", e);
        }
    }

    /** Ends the server of a process that was killed together with its watch. */
    private static void endLeftOver(RedisSpec spec) {
        try {
            if (!Files.exists(spec.pidFile())) {
                return;
            }
            long left = Long.parseLong(Files.readString(spec.pidFile()).strip());
            ProcessHandle.of(left)
                    .filter(process -> process.info().command().orElse("").contains("redis-server"))
                    .ifPresent(ProcessHandle::destroy);
            Files.delete(spec.pidFile());
        } catch (IOException | NumberFormatException e) {
            throw new EmbeddedServerException(
                    "cannot read " + spec.pidFile() + " (" + e.getMessage()
                            + "): end the redis-server that may still run on this folder, and delete that file",
                    e);
        }
    }

    /** Redis takes no port 0. Should another take the port in between, the start fails and says so. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedServerException("no free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public String awaitEnd() throws InterruptedException {
        return "exit code " + shell.waitFor();
    }

    @Override
    public Optional<String> lastWords() {
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            shell.outputWriter(StandardCharsets.UTF_8).close();
        } catch (IOException e) {
            // It has ended already.
        }
        try {
            if (!shell.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                shell.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
