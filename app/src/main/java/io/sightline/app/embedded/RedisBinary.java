package io.sightline.app.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code redis-server} that runs here: the system's, else the one packed in the embedded-redis library, unpacked once.
 *
 * @param majorVersion 7 of 7.0.15; from 7 on the append-only file is a folder that older ones do not see
 */
record RedisBinary(Path executable, int majorVersion) {
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");
    private static final Map<String, String> PACKED = Map.of(
            "linux amd64", "redis-server-6.2.6-v5-linux-amd64",
            "linux aarch64", "redis-server-6.2.7-linux-arm64",
            "mac os x x86_64", "redis-server-6.2.6-v5-darwin-amd64",
            "mac os x aarch64", "redis-server-6.2.6-v5-darwin-arm64");
    private static final String ADVICE =
            "install one (Debian: apt-get install redis-server), or name a running one with --redis";

    /** The first that answers {@code --version}. */
    static RedisBinary find(Path cacheDir) {
        return ChildCommand.find("redis-server").flatMap(RedisBinary::probe).orElseGet(() -> packed(cacheDir));
    }

    static RedisBinary packed(Path cacheDir) {
        Path executable = unpack(cacheDir);
        return probe(executable)
                .orElseThrow(() -> new EmbeddedServerException("the packed redis-server does not run on this system ("
                        + executable + ", which needs libssl 3): " + ADVICE));
    }

    private static Path unpack(Path cacheDir) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT) + " " + System.getProperty("os.arch");
        String resource = Optional.ofNullable(PACKED.get(system))
                .orElseThrow(
                        () -> new EmbeddedServerException("no redis-server is packed for " + system + ": " + ADVICE));
        Path folder = cacheDir.resolve("bin");
        Path target = folder.resolve(resource);
        if (Files.isExecutable(target)) {
            return target;
        }
        try (InputStream packed = RedisBinary.class.getResourceAsStream("/" + resource)) {
            if (packed == null) {
                throw new EmbeddedServerException(resource + " is not on the class path: " + ADVICE);
            }
            Files.createDirectories(folder);
            Path half = Files.createTempFile(folder, resource, ".part");
            Files.copy(packed, half, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
            return Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "cannot unpack redis-server to " + target + " (" + e.getMessage() + "): " + ADVICE, e);
        }
    }

    private static Optional<RedisBinary> probe(Path executable) {
        try {
            Process process = new ProcessBuilder(executable.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(answer);
            boolean isRunnable = process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0 && version.find();
            return isRunnable
                    ? Optional.of(new RedisBinary(executable, Integer.parseInt(version.group(1))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
