package io.sightline.app.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * The demo's files, checked.
 *
 * @param clip the video
 * @param decoys people who never appear in it
 */
public record DemoMaterial(Path clip, List<Decoy> decoys) {
    public DemoMaterial {
        decoys = List.copyOf(decoys);
    }

    /**
     * A real person's portrait, from the same archive as the clip, to be enrolled like anybody else: so a matcher that takes the nearest
     * person has somebody wrong to take.
     *
     * @param name {@code Decoy A}: who it is plays no part
     */
    public record Decoy(String name, Path picture) {}
}
