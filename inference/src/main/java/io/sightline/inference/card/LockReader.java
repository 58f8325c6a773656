package io.sightline.inference.card;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code models.lock}: the one place that knows how it is written. */
final class LockReader {
    private static final String WHAT = "the model lock";

    private LockReader() {}

    static ModelLock read(Path file) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields("", YamlFile.read(WHAT, file), mistakes);
        List<LockedModel> models = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Fields entry : fields.sections("models")) {
            CardReader.Identity identity = CardReader.Identity.read(entry);
            long sizeBytes = entry.whole("size-bytes", 1, LockedModel.MAX_SIZE_BYTES);
            entry.finish();
            if (!identity.id().isEmpty() && !ids.add(identity.id())) {
                entry.mistake("id", identity.id() + ": named twice; keep one");
            }
            if (mistakes.isEmpty()) {
                models.add(locked(identity, sizeBytes));
            }
        }
        fields.finish();
        mistakes.finish(WHAT, file);
        return new ModelLock(file, models);
    }

    private static LockedModel locked(CardReader.Identity identity, long sizeBytes) {
        return new LockedModel(
                identity.id(),
                identity.file(),
                identity.sha256(),
                sizeBytes,
                identity.origin().orElseThrow(),
                identity.licence());
    }
}
