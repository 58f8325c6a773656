package io.sightline.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.embed.EmbedderSettings;
import io.sightline.embed.FaceEmbedder;
import io.sightline.inference.ModelException;
import io.sightline.inference.card.ModelKind;
import io.sightline.inference.store.ModelStore;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReferenceTest {
    @TempDir
    Path folder;

    @Test
    void fileIsDescribedByTheCardBesideItOrByTheOneGiven() throws Exception {
        Path file = TinyFaces.write(folder, TinyFaces.network(112, 12), TinyFaces.CARD);

        assertThat(resolve(file).card().id()).isEqualTo("mean-colour");

        Path elsewhere = Files.createDirectories(folder.resolve("cards")).resolve("other.yaml");
        Files.move(folder.resolve("mean-colour.yaml"), elsewhere);
        VerifiedModel given = resolve(file, elsewhere);
        assertThat(given.file()).isEqualTo(file);
        try (FaceEmbedder embedder = FaceEmbedder.open(given, EmbedderSettings.defaults())) {
            assertThat(embedder.modelId()).isEqualTo("mean-colour");
        }
        assertRefused(file).hasMessageContaining("has no card").hasMessageContaining("name it with --card");
    }

    @Test
    void cardOfAnotherFileIsRefusedByItsHash() throws Exception {
        Path file = TinyFaces.write(folder, TinyFaces.network(112, 12), TinyFaces.CARD);
        Files.write(file, TinyFaces.network(112, 11).toByteArray());

        assertRefused(file)
                .hasMessageContaining("mean-colour.onnx has sha256")
                .hasMessageContaining("do not belong together");
    }

    @Test
    void cardOfAnotherDimensionIsRefused() throws Exception {
        Path file = TinyFaces.write(
                folder, TinyFaces.network(112, 12), TinyFaces.CARD.replace("dimension: 3", "dimension: 512"));

        assertOpeningFails(file)
                .hasMessageContaining("output 'embedding' has shape [1, 3]")
                .hasMessageContaining("[1, 512]");
    }

    @Test
    void cardWithAnotherOutputNameIsRefused() throws Exception {
        Path file = TinyFaces.write(
                folder, TinyFaces.network(112, 12), TinyFaces.CARD.replace("output: embedding", "output: vector"));

        assertOpeningFails(file).hasMessageContaining("it has no output 'vector', but [embedding]");
    }

    @Test
    void modelOfAnotherShapeIsRefused() throws Exception {
        Path file = TinyFaces.write(folder, TinyFaces.network(96, 12), TinyFaces.CARD);

        assertOpeningFails(file)
                .hasMessageContaining("input 'input' has shape [1, 3, 96, 96]")
                .hasMessageContaining("[1, 3, 112, 112]");
    }

    @Test
    void modelOfAnOpsetYetToComeIsRefused() throws Exception {
        Path file = TinyFaces.write(folder, TinyFaces.network(112, 999), TinyFaces.CARD);

        assertOpeningFails(file).hasMessageContaining("ONNX Runtime refuses").hasMessageContaining("opset");
    }

    @Test
    void embedderIsNoDetector() throws Exception {
        Path file = TinyFaces.write(folder, TinyFaces.network(112, 12), TinyFaces.CARD);

        assertThatThrownBy(() -> references().resolve(file.toString(), ModelKind.DETECTOR))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is the card of a model of kind embedder")
                .hasMessageContaining("give its own card with --card");
    }

    @Test
    void fileThatIsNotThereIsSaid() {
        assertRefused(folder.resolve("nothing.onnx"))
                .hasMessageContaining("nothing.onnx cannot be read: check the path");
    }

    @Test
    void twoCardsOfAKindLeaveOpenWhichIsMeant() throws Exception {
        Path file = TinyFaces.write(folder, TinyFaces.network(112, 12), TinyFaces.CARD);
        Path card = folder.resolve("mean-colour.yaml");

        assertThatThrownBy(() -> resolve(file, card, card))
                .hasMessageContaining("--card names 2 cards of kind embedder");
    }

    private AbstractThrowableAssert<?, ?> assertRefused(Path file) {
        return assertThatThrownBy(() -> resolve(file)).isInstanceOf(ModelException.class);
    }

    private AbstractThrowableAssert<?, ?> assertOpeningFails(Path file) throws IOException {
        VerifiedModel model = resolve(file);
        return assertThatThrownBy(() -> FaceEmbedder.open(model, EmbedderSettings.defaults()))
                .isInstanceOf(ModelException.class);
    }

    private VerifiedModel resolve(Path file, Path... cards) {
        return references(cards).resolve(file.toString(), ModelKind.EMBEDDER);
    }

    private ModelReference references(Path... cards) {
        return new ModelReference(
                new ModelStore(folder, folder.resolve("cache")), List.of(cards), folder.resolve("derived"));
    }
}
