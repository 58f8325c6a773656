package io.sightline.inference.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.inference.ModelException;
import io.sightline.inference.RegistryModels;
import io.sightline.inference.card.CardFiles;
import io.sightline.inference.card.LockedModel;
import io.sightline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelStoreTest {
    private static final byte[] WEIGHTS = {1, 2, 3};

    @TempDir
    Path folder;

    private Path models = Path.of("");
    private ModelStore store = new ModelStore(models, models);

    @BeforeEach
    void prepare() throws IOException {
        models = Files.createDirectories(folder.resolve("models"));
        store = new ModelStore(models, folder.resolve("cache"));
        write(CardFiles.EMBEDDER, WEIGHTS);
    }

    @Test
    void aModelOfTheRepositoryIsReady() throws IOException {
        Files.write(models.resolve("tiny.onnx"), WEIGHTS);

        VerifiedModel model = store.require("tiny-embedder");

        assertThat(model.file()).isEqualTo(models.resolve("tiny.onnx"));
        assertThat(model.bytes()).isEqualTo(WEIGHTS);
        assertThat(model.card().embedder().dimension()).isEqualTo(2);
        assertThat(store.obtain("tiny-embedder")).isEqualTo(model);
        assertThat(store.fetch("tiny-embedder")).isEqualTo(model.file());
        assertThat(store.list()).extracting(LockedModel::id).containsExactly("tiny-embedder");
        assertThat(store.verifyAll()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(ModelStatus.State.READY);
            assertThat(status.sentence()).isEqualTo(model.file() + " has the hash of models.lock");
        });
    }

    @Test
    void aMissingFileSaysHowToGetIt() throws IOException {
        String fromRepository =
                "model tiny-embedder: " + models.resolve("tiny.onnx") + " is missing; restore it from the repository";
        assertThatThrownBy(() -> store.require("tiny-embedder"))
                .isInstanceOf(ModelException.class)
                .hasMessage(fromRepository);
        assertStatus(ModelStatus.State.MISSING, fromRepository);

        write(CardFiles.EMBEDDER.replace("origin: repository", "origin: npm:some-package@1.0.0#tiny.onnx"), WEIGHTS);

        String fromNpm = "model tiny-embedder: " + folder.resolve("cache").resolve("tiny.onnx")
                + " is missing; fetch it from npm:some-package@1.0.0#tiny.onnx with `./sightline models fetch`";
        assertThatThrownBy(() -> store.require("tiny-embedder")).hasMessage(fromNpm);
        assertStatus(ModelStatus.State.MISSING, fromNpm);
    }

    @Test
    void aChangedFileIsRefused() throws IOException {
        Files.write(models.resolve("tiny.onnx"), new byte[] {1, 2, 4});

        String message = "model tiny-embedder: " + models.resolve("tiny.onnx") + " has sha256 "
                + Sha256.of(new byte[] {1, 2, 4}) + ", but its card and models.lock say " + Sha256.of(WEIGHTS)
                + ": the file was changed or damaged; fetch it again with `./sightline models fetch`";
        assertThatThrownBy(() -> store.require("tiny-embedder"))
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
        assertStatus(ModelStatus.State.WRONG, message);
    }

    @Test
    void cardAndLockMustAgree() throws IOException {
        String card = Files.readString(models.resolve("tiny-embedder.yaml"));
        Files.writeString(models.resolve("tiny-embedder.yaml"), card.replace("Apache-2.0", "MIT"));

        String message = "the model card " + models.resolve("tiny-embedder.yaml") + " says licence: MIT, but "
                + models.resolve("models.lock")
                + " says Apache-2.0: both must name the same file; correct the one that is wrong";
        assertThatThrownBy(() -> store.require("tiny-embedder")).hasMessage(message);
        assertStatus(ModelStatus.State.WRONG, message);
    }

    @Test
    void anUnknownModelIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> store.require("other"))
                .hasMessage("no model is called 'other': " + models.resolve("models.lock") + " names tiny-embedder");
    }

    @Test
    void aFileThatVanishesSaysHowToGetIt() {
        VerifiedModel model =
                new VerifiedModel(ModelCard.read(models.resolve("tiny-embedder.yaml")), folder.resolve("gone.onnx"));

        assertThatThrownBy(model::bytes)
                .hasMessageStartingWith("model tiny-embedder: " + folder.resolve("gone.onnx") + " cannot be read")
                .hasMessageEndingWith("fetch it with `./sightline models fetch`");
        assertThat(model.workDir()).isEqualTo(folder.resolve(".derived"));
    }

    @Test
    void theCacheIsInTheHomeFolderUnlessSetOtherwise() {
        Path home = Path.of("/home/somebody");

        assertThat(ModelStore.defaultCacheDir(Map.of(), home)).isEqualTo(home.resolve(".sightline/models"));
        assertThat(ModelStore.defaultCacheDir(Map.of("SIGHTLINE_HOME", ""), home))
                .isEqualTo(home.resolve(".sightline/models"));
        assertThat(ModelStore.defaultCacheDir(Map.of("SIGHTLINE_HOME", "/data"), home))
                .isEqualTo(Path.of("/data/models"));
    }

    @Test
    void theRepositoryIsInOrder() {
        ModelStore repository = new ModelStore(RegistryModels.MODELS_DIR, folder.resolve("cache"));

        assertThat(repository.verifyAll())
                .isNotEmpty()
                .allSatisfy(status ->
                        assertThat(status.state()).as(status.sentence()).isNotEqualTo(ModelStatus.State.WRONG));
    }

    private void assertStatus(ModelStatus.State state, String sentence) {
        assertThat(store.verifyAll()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(state);
            assertThat(status.sentence()).isEqualTo(sentence);
        });
    }

    /** A card and a lock that say the same. */
    private void write(String card, byte[] weights) throws IOException {
        String hashed = card.replace("f".repeat(64), Sha256.of(weights));
        Files.writeString(models.resolve("tiny-embedder.yaml"), hashed);
        String identity = hashed.lines()
                .filter(line -> line.matches("(file|sha256|origin|licence): .*"))
                .map(line -> "    " + line + "\n")
                .reduce("", String::concat);
        Files.writeString(
                models.resolve("models.lock"),
                "models:\n  - id: tiny-embedder\n" + identity + "    size-bytes: " + weights.length + "\n");
    }
}
