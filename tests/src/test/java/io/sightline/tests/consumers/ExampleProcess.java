package io.sightline.tests.consumers;

import io.sightline.tests.servers.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A program of the page as a process: what it has said so far, and its end as an operator would end it. */
final class ExampleProcess implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> LIBRARIES =
            List.of("kafka-clients-", "slf4j-api-", "jackson-databind-", "jackson-core-", "jackson-annotations-");

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    private ExampleProcess(Process process) {
        this.process = process;
        this.readers = List.of(
                collect("example-lines", process.getInputStream(), lines),
                collect("example-errors", process.getErrorStream(), errors));
    }

    /** The program as the page says, with no more libraries than it says. */
    static ExampleProcess java(String program, Path settings) {
        List<String> path = Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(entry -> LIBRARIES.stream()
                        .anyMatch(library ->
                                Path.of(entry).getFileName().toString().startsWith(library)))
                .toList();
        return start(List.of(
                javaCommand(),
                "-cp",
                String.join(":", path),
                ConsumersPage.PROGRAMS.resolve(program).toString(),
                settings.toString()));
    }

    static ExampleProcess python(String program, Path settings, Path second) {
        return start(List.of(
                "/usr/bin/python3",
                ConsumersPage.PROGRAMS.resolve(program).toString(),
                settings.toString(),
                second.toString()));
    }

    /** A tool of Kafka's, which its distribution starts by a script. */
    static ExampleProcess tool(String mainClass, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(javaCommand(), "-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return start(command);
    }

    private static ExampleProcess start(List<String> command) {
        try {
            return new ExampleProcess(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Thread collect(String name, InputStream from, List<String> into) {
        Thread thread = new Thread(
                () -> {
                    try (var reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                        reader.lines().forEach(into::add);
                    } catch (IOException | UncheckedIOException e) {
                        into.add(name + ": " + e);
                    }
                },
                name);
        thread.start();
        return thread;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Waits for a line on standard output. */
    void awaitLine(Predicate<String> line) {
        await("a line", () -> lines.stream().anyMatch(line));
    }

    void await(String what, BooleanSupplier condition) {
        Waiting.until(
                what,
                SOON,
                () -> {
                    if (!process.isAlive() && !condition.getAsBoolean()) {
                        throw new AssertionError("the program ended with " + process.exitValue() + ": " + this);
                    }
                    return condition.getAsBoolean();
                },
                () -> this);
    }

    /** Waits until it has ended of itself; gives its exit status. */
    int awaitEnd() {
        return joined(SOON);
    }

    /** SIGTERM, as a service is stopped; gives the exit status. */
    int stop() {
        process.destroy();
        return joined(SOON);
    }

    private int joined(Duration limit) {
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the program did not end within " + limit + ": " + this);
            }
            for (Thread reader : readers) {
                reader.join(limit.toMillis());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        joined(SOON);
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n--\n" + String.join("\n", errors);
    }
}
