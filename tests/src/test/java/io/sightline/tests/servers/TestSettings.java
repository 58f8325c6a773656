package io.sightline.tests.servers;

import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.runtime.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings of a system under test: its servers, the repository's models, and no age at which frames expire, for a busy build machine is not what is tested. */
public final class TestSettings {
    private TestSettings() {}

    /**
     * Reads them.
     *
     * @param folder where the password is written, for the settings to name
     * @param further what the test sets otherwise, by key
     */
    public static SightlineSettings of(TestBroker broker, TestRedis redis, Path folder, Map<String, String> further)
            throws IOException {
        Path password =
                Files.writeString(folder.resolve("password"), redis.password().reveal());
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap-servers",
                broker.connection().bootstrapServers(),
                "redis.url",
                redis.url(),
                "redis.password",
                "file:" + password,
                "models.directory",
                Path.of("..", "models").toAbsolutePath().toString(),
                "detect.max-age-ms",
                "0",
                "embed.max-age-ms",
                "0"));
        all.putAll(further);
        return SightlineSettings.read(Settings.load(Optional.empty(), Map.of(), all));
    }
}
