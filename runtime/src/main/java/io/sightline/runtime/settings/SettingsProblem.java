package io.sightline.runtime.settings;

/**
 * One mistake in the settings.
 *
 * @param where {@code sightline.yaml:12}, the name of a variable, or {@code flag}
 * @param key the dotted key, {@code detect.min-score}; empty when the mistake is the file's as a whole
 * @param message what is wrong and what is allowed; without secrets
 */
public record SettingsProblem(String where, String key, String message) {
    @Override
    public String toString() {
        return where + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
