package io.sightline.inference.card;

import io.sightline.inference.ModelException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * All that code knows of a model.
 *
 * @param id of {@code [a-z0-9-]}; embeddings and thresholds belong to it
 * @param file its name in the models or cache folder
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 * @param licence of the file, in words
 */
public record ModelCard(
        String id, String file, String sha256, ModelOrigin origin, String licence, InputSpec input, OutputSpec output) {
    static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public ModelCard {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("model id '" + id + "' (1 to 64 of a-z, 0-9 and -)");
        }
        if (!FILE.matcher(file).matches()) {
            throw new IllegalArgumentException("file name '" + file + "' of model " + id);
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 '" + sha256 + "' of model " + id);
        }
    }

    /** Reads a card; throws one {@link ModelException} that lists every mistake with its field. */
    public static ModelCard read(Path yaml) {
        return CardReader.read(yaml);
    }

    public ModelKind kind() {
        return output.kind();
    }

    /** Throws {@link ModelException} when the model is none. */
    public DetectorSpec detector() {
        if (output instanceof DetectorSpec detector) {
            return detector;
        }
        throw wrongKind(ModelKind.DETECTOR);
    }

    /** Throws {@link ModelException} when the model is none. */
    public LandmarkerSpec landmarker() {
        if (output instanceof LandmarkerSpec landmarker) {
            return landmarker;
        }
        throw wrongKind(ModelKind.LANDMARKER);
    }

    /** Throws {@link ModelException} when the model is none. */
    public EmbedderSpec embedder() {
        if (output instanceof EmbedderSpec embedder) {
            return embedder;
        }
        throw wrongKind(ModelKind.EMBEDDER);
    }

    private ModelException wrongKind(ModelKind needed) {
        return new ModelException("model " + id + " is of kind " + kind() + ", but kind " + needed
                + " is needed here: choose a model whose card says kind: " + needed);
    }
}
