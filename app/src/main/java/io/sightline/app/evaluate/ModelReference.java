package io.sightline.app.evaluate;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.card.ModelKind;
import io.sightline.inference.store.ModelStore;
import io.sightline.inference.store.Sha256;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model by its id in the lock, or a file anywhere with a card: one of those given, by kind, or the file of the same name with {@code .yaml} beside it.
 *
 * @param cards given on the command line, at most one of a kind
 * @param workDir for what is derived from models
 */
public record ModelReference(ModelStore store, List<Path> cards, Path workDir) {
    public ModelReference {
        cards = List.copyOf(cards);
    }

    /** Throws {@link ModelException} when the model is unknown or missing, or its card does not describe its file. */
    public VerifiedModel resolve(String text, ModelKind kind) {
        if (!isFile(text)) {
            return store.obtain(text);
        }
        Path file = Path.of(text);
        if (!Files.isReadable(file)) {
            throw new ModelException("model file " + file
                    + " cannot be read: check the path, or give an id of `./sightline models list`");
        }
        Path cardFile = given(kind).orElseGet(() -> beside(file));
        ModelCard card = ModelCard.read(cardFile);
        if (card.kind() != kind) {
            throw new ModelException(cardFile + " is the card of a model of kind " + card.kind() + ", but " + file
                    + " is to be of kind " + kind + ": give its own card with --card");
        }
        requireHash(file, cardFile, card);
        return new VerifiedModel(card, file, workDir);
    }

    private static boolean isFile(String text) {
        return text.endsWith(".onnx") || text.contains("/");
    }

    private Optional<Path> given(ModelKind kind) {
        List<Path> ofKind = cards.stream()
                .filter(card -> ModelCard.read(card).kind() == kind)
                .toList();
        if (ofKind.size() > 1) {
            throw new ModelException("--card names " + ofKind.size() + " cards of kind " + kind + ": give one");
        }
        return ofKind.stream().findFirst();
    }

    private static Path beside(Path file) {
        Path card = file.resolveSibling(file.getFileName().toString().replaceAll("\\.onnx$", "") + ".yaml");
        if (!Files.isReadable(card)) {
            throw new ModelException(
                    file + " has no card " + card + ": write one (models/README.md says how), or name it with --card");
        }
        return card;
    }

    private static void requireHash(Path file, Path cardFile, ModelCard card) {
        String actual;
        try {
            actual = Sha256.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ModelException("model file " + file + " cannot be read (" + e + ")", e);
        }
        if (!actual.equals(card.sha256())) {
            throw new ModelException(
                    file + " has sha256 " + actual + ", but its card " + cardFile + " says " + card.sha256()
                            + ": they do not belong together; correct the card or take the file that it was written for");
        }
    }
}
