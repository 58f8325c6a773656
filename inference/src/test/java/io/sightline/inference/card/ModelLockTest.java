package io.sightline.inference.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.inference.ModelException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelLockTest {
    private static final String ENTRY = """
              - id: tiny
                file: tiny.onnx
                sha256: ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
                size-bytes: 12
                origin: repository
                licence: MIT
            """;

    @TempDir
    Path folder;

    @Test
    void namesEachModel() {
        ModelLock lock = read("models:\n" + ENTRY + ENTRY.replace("id: tiny", "id: other"));

        assertThat(lock.models()).extracting(LockedModel::id).containsExactly("tiny", "other");
        assertThat(lock.model("tiny"))
                .isEqualTo(
                        new LockedModel("tiny", "tiny.onnx", "f".repeat(64), 12, new ModelOrigin.Repository(), "MIT"));
    }

    @Test
    void anUnknownIdIsAnsweredWithTheKnownOnes() {
        ModelLock lock = read("models:\n" + ENTRY + ENTRY.replace("id: tiny", "id: other"));

        assertThatThrownBy(() -> lock.model("tinny"))
                .isInstanceOf(ModelException.class)
                .hasMessage("no model is called 'tinny': " + lock.file() + " names tiny, other");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        String wrong = "models:\n" + ENTRY + ENTRY.replace("size-bytes: 12", "size-bytes: 0") + "  - just text\n"
                + ENTRY.replace("id: tiny", "id: third\n    url: x") + "model: x\n";

        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("the model lock " + folder.resolve("models.lock") + " has ")
                .hasMessageContaining("\n  models[1].size-bytes: 0: must be a whole number from 1 to 536870912")
                .hasMessageContaining("\n  models[1].id: tiny: named twice; keep one")
                .hasMessageContaining("\n  models[2]: just text: must be a mapping of fields")
                .hasMessageContaining("\n  models[3].url: unknown field")
                .hasMessageContaining("\n  model: unknown field; known here are models");
    }

    @Test
    void aLockThatIsNotThereSaysSo() {
        assertThatThrownBy(() -> ModelLock.read(folder.resolve("models.lock")))
                .hasMessage("the model lock " + folder.resolve("models.lock")
                        + " does not exist: restore it from the repository");
    }

    private ModelLock read(String text) {
        return ModelLock.read(CardFiles.write(folder, "models.lock", text));
    }
}
