package io.sightline.ingest;

import io.sightline.contracts.frame.CameraId;
import io.sightline.runtime.settings.Secret;
import io.sightline.runtime.settings.SecretReference;
import io.sightline.runtime.settings.Section;
import io.sightline.runtime.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code cameras.yaml}: a list under {@code cameras}, each with {@code id}, {@code url}, {@code user}, {@code password} (as
 * {@code env:NAME} or {@code file:PATH}), and the keys of {@link CaptureSettings}. A relative path counts from the working
 * directory.
 */
public final class CamerasFile {
    private final Map<String, String> environment;
    private final Set<String> ids = new HashSet<>();

    private CamerasFile(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * All cameras of the file, captured by the default settings where they do not say otherwise.
     *
     * @param environment where {@code env:} passwords are looked up
     * @throws io.sightline.runtime.settings.SettingsException with every mistake and its line
     */
    public static List<CameraSpec> read(Path file, Map<String, String> environment) {
        return read(file, environment, CaptureSettings.defaults());
    }

    /** The same with other defaults. */
    public static List<CameraSpec> read(Path file, Map<String, String> environment, CaptureSettings defaults) {
        Settings settings = Settings.load(Optional.of(file), Map.of(), Map.of());
        CamerasFile reader = new CamerasFile(environment);
        List<CameraSpec> cameras = new ArrayList<>();
        List<Section> sections = settings.root().sections("cameras");
        if (sections.isEmpty()) {
            settings.root().problem("cameras", "is missing or empty: list at least one camera with id and url");
        }
        for (Section section : sections) {
            reader.camera(section, defaults).ifPresent(cameras::add);
        }
        settings.finish();
        return List.copyOf(cameras);
    }

    private Optional<CameraSpec> camera(Section section, CaptureSettings defaults) {
        Optional<CameraId> id = id(section);
        Optional<CameraSource> source = source(section);
        CaptureSettings capture = CaptureSettings.read(section, defaults);
        if (id.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CameraSpec(id.get(), source.get(), capture));
    }

    private Optional<CameraId> id(Section section) {
        String text = section.requiredText("id");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!CameraId.isValid(text)) {
            section.problem("id", "is '" + text + "': use 1 to 64 of a-z, 0-9 and '-'");
            return Optional.empty();
        }
        if (!ids.add(text)) {
            section.problem("id", "is '" + text + "', which another camera has: give each its own");
            return Optional.empty();
        }
        return Optional.of(new CameraId(text));
    }

    private Optional<CameraSource> source(Section section) {
        String url = section.requiredText("url");
        Optional<String> user = section.optionalText("user");
        Optional<Secret> password = password(section);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        try {
            CameraSource source = CameraSource.parse(url);
            if (user.isEmpty() && password.isEmpty()) {
                return Optional.of(source);
            }
            if (user.isEmpty()) {
                section.problem("user", "is missing, but there is a password: give both");
                return Optional.empty();
            }
            return Optional.of(source.withCredentials(user.get(), password.orElse(Secret.of(""))));
        } catch (IllegalArgumentException e) {
            section.problem("url", "is wrong: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Secret> password(Section section) {
        Optional<String> reference = section.optionalText("password");
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SecretReference.parse(reference.get()).resolve(environment));
        } catch (IllegalArgumentException e) {
            section.problem("password", "cannot be used: " + e.getMessage());
            return Optional.empty();
        }
    }
}
