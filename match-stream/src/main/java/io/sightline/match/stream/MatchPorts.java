package io.sightline.match.stream;

import io.sightline.match.gallery.GallerySnapshot;
import io.sightline.match.picture.PictureStore;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.trace.FrameTraces;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What the stage is given from outside; all of it stays its caller's.
 *
 * @param gallery asked once per frame
 */
public record MatchPorts(
        Supplier<GallerySnapshot> gallery,
        PictureStore pictures,
        Clock clock,
        StageMeters meters,
        FrameTraces traces) {}
