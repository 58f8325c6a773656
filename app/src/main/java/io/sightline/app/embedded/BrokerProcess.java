package io.sightline.app.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The parent's end of a {@link BrokerMain} process. */
final class BrokerProcess implements ServerProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Process process;
    private final Thread reader;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private volatile Optional<String> lastWords = Optional.empty();

    private BrokerProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "embedded-broker-output");
        this.reader.setDaemon(true);
    }

    /** Starts one and waits until clients can connect. */
    static BrokerProcess launch(BrokerSpec spec) {
        BrokerProcess launched = new BrokerProcess(spawn(spec));
        launched.reader.start();
        try {
            launched.port.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return launched;
        } catch (ExecutionException e) {
            launched.close();
            throw new EmbeddedServerException(launched.lastWords()
                    .orElse("the embedded broker did not start: see " + spec.logFile() + " and "
                            + errorFile(spec).getFileName()));
        } catch (TimeoutException e) {
            launched.process.destroyForcibly();
            throw new EmbeddedServerException(
                    "the embedded broker was not ready after " + START_LIMIT.toSeconds() + " s: see " + spec.logFile(),
                    e);
        } catch (InterruptedException e) {
            launched.process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while the embedded broker started", e);
        }
    }

    private static Process spawn(BrokerSpec spec) {
        List<String> options = List.of(
                "-Xmx160m",
                "-XX:ReservedCodeCacheSize=48m",
                "-Dlogback.configurationFile=io/sightline/app/embedded/broker-logback.xml",
                "-Dsightline.broker.log=" + spec.logFile());
        try {
            Files.createDirectories(spec.dataDir());
            return new ProcessBuilder(ChildCommand.detached(
                            ChildCommand.java(BrokerMain.class, options, BrokerMain.arguments(spec))))
                    .redirectError(errorFile(spec).toFile())
                    .start();
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "cannot start the embedded broker with the data folder " + spec.dataDir() + ": " + e.getMessage()
                            + "; check the folder's owner and its disk",
                    e);
        }
    }

    /** What the JVM itself says, such as that it lacks memory. */
    private static Path errorFile(BrokerSpec spec) {
        return spec.dataDir().resolve("broker-jvm.log");
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                BrokerLine.port(line).ifPresent(port::complete);
                BrokerLine.failure(line).ifPresent(sentence -> lastWords = Optional.of(sentence));
            }
        } catch (IOException e) {
            // The pipe broke, which is the end as well.
        }
        port.completeExceptionally(new EmbeddedServerException("the embedded broker ended before it was ready"));
    }

    @Override
    public int port() {
        return port.join();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public String awaitEnd() throws InterruptedException {
        int code = process.waitFor();
        reader.join();
        return "exit code " + code;
    }

    @Override
    public Optional<String> lastWords() {
        return lastWords;
    }

    @Override
    public void close() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
        } catch (IOException e) {
            // It has ended already.
        }
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
