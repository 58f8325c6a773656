package io.sightline.match.stream;

import io.sightline.match.gallery.GallerySnapshot;
import io.sightline.match.picture.PictureStore;
import io.sightline.runtime.metrics.StageMeters;
import java.time.Clock;
import java.util.function.Supplier;

/** What the stage is given from outside. */
public record MatchPorts(Supplier<GallerySnapshot> gallery, PictureStore pictures, Clock clock, StageMeters meters) {}
