package io.sightline.app.pipeline;

import io.sightline.runtime.settings.Section;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which models run.
 *
 * @param directory the folder of {@code models.lock} and the cards
 * @param detector id of the detector
 * @param landmarker id of what places its landmarks exactly; empty for the detector's own
 * @param embedder id of the embedder
 */
public record ModelSettings(Path directory, String detector, Optional<String> landmarker, String embedder) {
    private static final String DETECTOR = "fdretina-int8";
    private static final String LANDMARKER = "fdlandmark";
    private static final String NONE = "none";
    private static final String EMBEDDER = "fdfacenet";

    /** Reads the section {@code models}. The folder is by default that of the installation. */
    public static ModelSettings read(Section section) {
        String root = System.getProperty("sightline.root", ".");
        return new ModelSettings(
                Path.of(section.text("directory", Path.of(root, "models").toString())),
                section.text("detector", DETECTOR),
                Optional.of(section.text("landmarker", LANDMARKER)).filter(id -> !id.equals(NONE)),
                section.text("embedder", EMBEDDER));
    }
}
