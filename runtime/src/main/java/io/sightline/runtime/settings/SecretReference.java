package io.sightline.runtime.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a secret is kept: {@code env:NAME} (a variable) or {@code file:PATH} (a file's text without the line break at
 * its end).
 */
public record SecretReference(Kind kind, String name) {
    /** The two places a secret may be in. */
    public enum Kind {
        ENVIRONMENT,
        FILE
    }

    /** What a value must look like, for messages. */
    static final String FORM = "env:NAME (a variable) or file:PATH (a file that holds it)";

    private static final String ENVIRONMENT_PREFIX = "env:";
    private static final String FILE_PREFIX = "file:";

    public SecretReference {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a secret's reference names nothing: write " + FORM);
        }
    }

    public static boolean isReference(String text) {
        return (text.startsWith(ENVIRONMENT_PREFIX) && text.length() > ENVIRONMENT_PREFIX.length())
                || (text.startsWith(FILE_PREFIX) && text.length() > FILE_PREFIX.length());
    }

    /** Throws {@link IllegalArgumentException} without the text, which may be a secret written in the wrong place. */
    public static SecretReference parse(String text) {
        if (text.startsWith(ENVIRONMENT_PREFIX)) {
            return new SecretReference(Kind.ENVIRONMENT, text.substring(ENVIRONMENT_PREFIX.length()));
        }
        if (text.startsWith(FILE_PREFIX)) {
            return new SecretReference(Kind.FILE, text.substring(FILE_PREFIX.length()));
        }
        throw new IllegalArgumentException("is a secret, so it is not written here but referred to: write " + FORM);
    }

    /** As {@link #resolve(Map, Path)}, a relative path counting from the current folder. */
    public Secret resolve(Map<String, String> environment) {
        return resolve(environment, Path.of(""));
    }

    /**
     * Fetches the secret; a relative path counts from {@code folder}. Throws {@link IllegalArgumentException} that says
     * what is missing.
     */
    public Secret resolve(Map<String, String> environment, Path folder) {
        return switch (kind) {
            case ENVIRONMENT ->
                Optional.ofNullable(environment.get(name))
                        .filter(value -> !value.isEmpty())
                        .map(Secret::of)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the variable " + name + " is not set: set it, or refer to another"));
            case FILE -> read(folder.resolve(name));
        };
    }

    private static Secret read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
            if (text.isEmpty()) {
                throw new IllegalArgumentException("the file " + file + " is empty: write the secret into it");
            }
            return Secret.of(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName()
                            + "): check its path and who may read it",
                    e);
        }
    }
}
