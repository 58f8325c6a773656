package io.sightline.inference.card;

import io.sightline.inference.ModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The file {@code models.lock}: every model that this repository knows, with the hash that its file must have. */
public record ModelLock(Path file, List<LockedModel> models) {
    /** Its name in the models folder. */
    public static final String FILE_NAME = "models.lock";

    public ModelLock {
        models = List.copyOf(models);
    }

    /** Reads a lock; throws one {@link ModelException} that lists every mistake with its field. */
    public static ModelLock read(Path yaml) {
        return LockReader.read(yaml);
    }

    /** Throws {@link ModelException} with the known ids when there is none called {@code id}. */
    public LockedModel model(String id) {
        Map<String, LockedModel> byId = models.stream().collect(Collectors.toMap(LockedModel::id, Function.identity()));
        LockedModel model = byId.get(id);
        if (model == null) {
            throw new ModelException("no model is called '" + id + "': " + file + " names "
                    + models.stream().map(LockedModel::id).collect(Collectors.joining(", ")));
        }
        return model;
    }
}
