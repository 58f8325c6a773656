package io.sightline.app.pipeline;

import io.sightline.app.enrol.Enroller;
import io.sightline.app.enrol.ImportReport;
import io.sightline.app.enrol.PeopleFolder;
import io.sightline.app.enrol.PersonPhotos;
import io.sightline.app.enrol.PhotoExaminer;
import io.sightline.app.enrol.PhotoReport;
import io.sightline.app.enrol.StoreGallery;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.match.MatchSettings;
import io.sightline.match.gallery.GalleryStore;
import io.sightline.match.gallery.RedisSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** Enrols people into a gallery from their photos, by the models and the rule in force. Belongs to one thread. */
public final class EnrolmentDesk {
    private final Enroller enroller;

    private EnrolmentDesk(Enroller enroller) {
        this.enroller = enroller;
    }

    /** Reads the gallery as it is; models and store stay their caller's. */
    public static EnrolmentDesk open(
            SightlineSettings settings, Models models, GalleryStore store, RedisSettings redis) {
        EmbedderSpec card = models.embedderModel().card().embedder();
        MatchSettings match = Roles.matchSettings(settings, card);
        EmbedderSpec inForce = new EmbedderSpec(
                card.output(),
                card.dimension(),
                card.batches(),
                match.rule().threshold(),
                match.rule().margin(),
                card.thresholdOrigin());
        try {
            return new EnrolmentDesk(new Enroller(
                    new PhotoExaminer(models.detector(), models.embedder(), settings.enrol()),
                    StoreGallery.open(store, redis, Clock.systemUTC()),
                    settings.enrol(),
                    inForce));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the gallery was read", e);
        }
    }

    /** Enrols everybody in a folder; {@code heard} is told of each photo. Throws when the folder itself cannot be read. */
    public ImportReport folder(Path folder, Consumer<PhotoReport> heard) throws IOException {
        return enroller.enrol(PeopleFolder.read(folder), heard);
    }

    /** Enrols one person; a report per photo. */
    public List<PhotoReport> person(PersonPhotos photos) {
        return enroller.enrol(photos);
    }
}
