package io.sightline.app.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.runtime.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A note that a running all-in-one leaves in its data folder, so that {@code gallery} and {@code tail} reach its embedded servers. Only
 * its owner may read it: it holds the password of that Redis, which ends with the process.
 *
 * @param pid of the all-in-one
 * @param kafka bootstrap servers
 * @param redisUrl without the password
 */
public record RunningServers(long pid, String kafka, String redisUrl, Optional<Secret> redisPassword) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FILE = "servers.json";

    /** The note of an all-in-one that is still running. */
    public static Optional<RunningServers> find(Path data) {
        Path file = data.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode note = MAPPER.readTree(Files.readAllBytes(file));
            long pid = note.path("pid").asLong();
            boolean isRunning =
                    ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            String password = note.path("redis_password").asText("");
            return isRunning
                    ? Optional.of(new RunningServers(
                            pid,
                            note.path("kafka").asText(),
                            note.path("redis_url").asText(),
                            password.isEmpty() ? Optional.empty() : Optional.of(Secret.of(password))))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Leaves the note; it goes with {@code close}. */
    AutoCloseable leave(Path data) {
        ObjectNode note = MAPPER.createObjectNode();
        note.put("pid", pid);
        note.put("kafka", kafka);
        note.put("redis_url", redisUrl);
        redisPassword.ifPresent(password -> note.put("redis_password", password.reveal()));
        Path file = data.resolve(FILE);
        try {
            Files.createDirectories(data);
            Path arriving = Files.createTempFile(
                    data,
                    ".servers-",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(arriving, MAPPER.writeValueAsBytes(note));
            Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
        return () -> Files.deleteIfExists(file);
    }
}
