package io.sightline.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.sightline.app.enrol.ImportReport;
import io.sightline.app.pipeline.Closing;
import io.sightline.app.pipeline.EnrolmentDesk;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.Models;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.match.gallery.GalleryStore;
import io.sightline.match.gallery.RedisSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sightline gallery import}: people from a folder of photos. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Enrols from a folder: DIR/NAME/*.jpg, or DIR/NAME.jpg; JPEG, PNG and WebP.",
            "A photo is accepted or refused with a reason. The same file twice adds nothing, so an import may be repeated."
        })
final class GalleryImportCommand implements Callable<Integer> {
    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @Parameters(paramLabel = "DIR", description = "The folder.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private Path folder;

    @Option(names = "--json", description = "The whole report as JSON.")
    private boolean isJson;

    @Override
    public Integer call() throws IOException {
        SightlineSettings settings = global.settings();
        Home home = global.home();
        try (Closing closing = new Closing()) {
            RedisSettings redis = LocalInstallation.redis(settings, home, closing);
            GalleryStore gallery = closing.add(GalleryStore.open(redis));
            Models models = closing.add(Models.open(settings, home));
            ImportReport report = EnrolmentDesk.open(settings, models, gallery, redis)
                    .folder(folder, photo -> {
                        if (!isJson) {
                            System.out.println(photo.line());
                        }
                    });
            System.out.println(isJson ? json(report) : report.summary());
            return report.refused() == 0 ? 0 : SightlineCommand.FAILED;
        }
    }

    private static String json(ImportReport report) throws JsonProcessingException {
        return new ObjectMapper()
                .registerModule(new Jdk8Module())
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(report);
    }
}
