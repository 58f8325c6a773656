package io.sightline.inference.store;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A card and the file that it describes.
 *
 * @param file the model's file
 * @param workDir a folder that can be written, for what is derived from models once: unpacked libraries, proofs of rewrites
 */
public record VerifiedModel(ModelCard card, Path file, Path workDir) {
    /** Keeps what is derived beside the file. */
    public VerifiedModel(ModelCard card, Path file) {
        this(card, file, file.toAbsolutePath().resolveSibling(".derived"));
    }

    /** The file's bytes, whose hash is compared with the card's; throws {@link ModelException} when it differs. */
    public byte[] bytes() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ModelException(
                    "model " + card.id() + ": " + file + " cannot be read (" + e
                            + "); fetch it with `./sightline models fetch`",
                    e);
        }
        String actual = Sha256.of(bytes);
        if (!actual.equals(card.sha256())) {
            throw new ModelException("model " + card.id() + ": " + file + " has sha256 " + actual
                    + ", but its card and models.lock say " + card.sha256()
                    + ": the file was changed or damaged; fetch it again with `./sightline models fetch`");
        }
        return bytes;
    }
}
