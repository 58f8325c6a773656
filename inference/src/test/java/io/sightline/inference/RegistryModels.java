package io.sightline.inference;

import static org.junit.jupiter.api.Assumptions.abort;

import io.sightline.inference.store.ModelStore;
import io.sightline.inference.store.VerifiedModel;
import java.nio.file.Path;

/** The repository's models for tests, fetched into the user's cache when they are not there. */
public final class RegistryModels {
    public static final Path MODELS_DIR = Path.of("..", "models");

    private RegistryModels() {}

    /** Skips the test where the model cannot be fetched, except on CI, where that is a failure. */
    public static VerifiedModel obtain(String id) {
        Path cache = ModelStore.defaultCacheDir(System.getenv(), Path.of(System.getProperty("user.home")));
        try {
            return new ModelStore(MODELS_DIR, cache).obtain(id);
        } catch (ModelException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw e;
            }
            return abort("needs the model " + id + ": " + e.getMessage());
        }
    }
}
