package io.sightline.runtime.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One reading of the settings. Ask each section for its values, then call {@link #finish()}: until then a wrong value
 * reads as its default, so that all mistakes can be told at once. For one thread.
 */
public final class Settings {
    private final Sources sources;

    private Settings(Sources sources) {
        this.sources = sources;
    }

    /**
     * Reads a file, then {@code SIGHTLINE_*} variables ({@code SIGHTLINE_DETECT_MIN_SCORE} is {@code
     * detect.min-score}), then flags by dotted key; each beats the one before. Nothing is thrown before {@link
     * #finish()}, not even for a file that is missing or is not YAML.
     */
    public static Settings load(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        return new Settings(new Sources(file, environment, name -> name.startsWith(Sources.VARIABLE_PREFIX), flags));
    }

    /** Reads a file that variables do not override, such as a list of cameras; they may still hold its secrets. */
    public static Settings ofFile(Path file, Map<String, String> environment) {
        return new Settings(new Sources(Optional.of(file), environment, name -> false, Map.of()));
    }

    /** The settings of one concern; empty ones if nobody wrote any. */
    public Section section(String name) {
        return root().section(name);
    }

    /** The file's top level. */
    public Section root() {
        return new Section(sources, "", sources.root());
    }

    /**
     * Ends the reading: throws {@link SettingsException} with all that was wrong, unknown keys, flags and variables
     * included.
     */
    public void finish() {
        sources.reportUnknown();
        if (!sources.problems().isEmpty()) {
            throw new SettingsException(sources.problems());
        }
    }
}
