package io.sightline.app.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The folder of caches and of the all-in-one's data. Each is made when first asked for. */
public record Home(Path directory) {
    /** {@code $SIGHTLINE_HOME}, else {@code ~/.sightline}. */
    public static Home ofEnvironment(Map<String, String> environment) {
        String given = environment.get("SIGHTLINE_HOME");
        return new Home(
                given == null || given.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".sightline")
                        : Path.of(given).toAbsolutePath());
    }

    /** Fetched model files. */
    public Path modelCache() {
        return made(directory.resolve("models"));
    }

    /** The demo's clip. */
    public Path clipCache() {
        return made(directory.resolve("clips"));
    }

    /** The embedded broker's log and the embedded Redis' gallery. */
    public Path data() {
        return made(directory.resolve("data"));
    }

    /** A new empty folder for data that ends with its run. */
    public ScratchFolder scratch(String purpose) {
        try {
            return new ScratchFolder(Files.createTempDirectory(made(directory.resolve("scratch")), purpose + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder under " + directory + ": " + e.getMessage(), e);
        }
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make the folder " + folder + " (" + e.getMessage()
                            + "): set SIGHTLINE_HOME or --home to one that can be written",
                    e);
        }
    }
}
