package io.sightline.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.runtime.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options that every command takes; read the settings through {@link #settings()}. */
public final class GlobalOptions {
    private static final Path DEFAULT_FILE = Path.of("sightline.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings file (default: sightline.yaml in the current folder, where there is one).")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting, such as detect.min-score=0.6; beats the file and SIGHTLINE_* variables.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Caches and data of the all-in-one (default: $SIGHTLINE_HOME, else ~/.sightline).")
    private @Nullable Path home;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Kafka's bootstrap servers (default: an embedded broker, where the command has one).")
    private @Nullable String kafka;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description =
                    "redis://HOST:PORT or rediss://HOST:PORT of the gallery, without a password (default: embedded).")
    private @Nullable String redis;

    @Option(names = "--detector", paramLabel = "ID", description = "Detector model, see models list.")
    private @Nullable String detector;

    @Option(names = "--embedder", paramLabel = "ID", description = "Embedder model, see models list.")
    private @Nullable String embedder;

    @Option(names = "--ops-port", paramLabel = "PORT", description = "Port of /metrics, /health, /info on 127.0.0.1.")
    private @Nullable Integer opsPort;

    @Option(names = "--log", paramLabel = "LEVEL", description = "error, warn, info or debug (default: warn).")
    private @Nullable String logLevel;

    /** Reads file, environment and flags, in this order of precedence; throws with all mistakes at once. */
    public SightlineSettings settings() {
        return settings(Map.of());
    }

    /** The same with a command's own values, which flags alone beat. */
    SightlineSettings settings(Map<String, String> ofCommand) {
        if (logLevel != null) {
            ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.toLevel(logLevel, Level.WARN));
        }
        return SightlineSettings.read(Settings.load(file(), System.getenv(), flags(ofCommand)));
    }

    public Home home() {
        return home == null ? Home.ofEnvironment(System.getenv()) : new Home(home.toAbsolutePath());
    }

    private Optional<Path> file() {
        if (config != null) {
            if (!Files.isReadable(config)) {
                throw new UnmetNeedException("--config " + config + " cannot be read: check the path");
            }
            return Optional.of(config);
        }
        return Files.isRegularFile(DEFAULT_FILE) ? Optional.of(DEFAULT_FILE) : Optional.empty();
    }

    private Map<String, String> flags(Map<String, String> ofCommand) {
        Map<String, String> flags = new LinkedHashMap<>(ofCommand);
        flags.putAll(overrides);
        put(flags, "kafka.bootstrap-servers", kafka);
        put(flags, "redis.url", redis);
        put(flags, "models.detector", detector);
        put(flags, "models.embedder", embedder);
        put(flags, "ops.port", opsPort == null ? null : opsPort.toString());
        return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
