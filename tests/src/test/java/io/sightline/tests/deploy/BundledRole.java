package io.sightline.tests.deploy;

import io.sightline.tests.servers.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One worker as its image starts it: a process with the class path and the options of its role's bundle. What it says is in a file
 * beside its home.
 */
final class BundledRole implements AutoCloseable {
    private static final Path SCRIPT =
            Path.of("..", "deploy", "images", "bundle").toAbsolutePath().normalize();
    private static final Duration BUNDLED_WITHIN = Duration.ofMinutes(2);
    private static final Duration UP_WITHIN = Duration.ofSeconds(90);
    private static final long END_SECONDS = 40;

    private final String name;
    private final Process process;
    private final Path said;

    private BundledRole(String name, Process process, Path said) {
        this.name = name;
        this.process = process;
        this.said = said;
    }

    /** What {@code deploy/images/bundle} makes of this build, with the image's paths led to the folder. */
    static Path bundle(String role, Path folder) throws IOException {
        String arch = System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
        Path said = folder.resolveSibling(role + "-bundle.txt");
        Process made = new ProcessBuilder(SCRIPT.toString(), role, arch, folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        Waiting.until(role + "'s bundle", BUNDLED_WITHIN, () -> !made.isAlive(), () -> text(said));
        if (made.exitValue() != 0) {
            throw new AssertionError(text(said));
        }
        for (String options : List.of("class-path", "java-options")) {
            Path file = folder.resolve(options);
            Files.writeString(file, Files.readString(file).replace("/opt/sightline", folder.toString()));
        }
        return folder;
    }

    /** Returns when it has opened its ops port. */
    static BundledRole start(
            Path bundle, String role, String instance, List<String> arguments, Map<String, String> environment)
            throws IOException {
        Path home = Files.createDirectories(bundle.resolveSibling(role + "-" + instance));
        Path said = home.resolve("said.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + bundle.resolve("java-options"),
                "@" + bundle.resolve("class-path"),
                "-Xmx256m",
                "-Dorg.bytedeco.javacpp.cachedir=" + home,
                "io.sightline.app.Main",
                role,
                "--ops-port",
                "0",
                "--set",
                "workers.instance=" + instance));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SIGHTLINE_HOME", home.toString());
        BundledRole started = new BundledRole(role + "-" + instance, builder.start(), said);
        Waiting.until(
                started.name + " to open its ops port",
                UP_WITHIN,
                () -> !started.process.isAlive() || started.said().contains("ops on http"),
                started::said);
        if (!started.process.isAlive()) {
            throw new AssertionError(started.name + " ended: " + started.said());
        }
        return started;
    }

    String said() {
        return text(said);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As the kernel does where memory is short: nothing is said to anybody. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + " did not end within " + END_SECONDS + " s: " + said());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
