package io.sightline.app.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.demo.DemoClip;
import io.sightline.app.demo.DemoException;
import io.sightline.app.demo.DemoPlan.DemoPerson;
import io.sightline.app.demo.DemoStills;
import io.sightline.app.demo.DemoStills.Still;
import io.sightline.detect.DetectorSettings;
import io.sightline.detect.FaceDetector;
import io.sightline.detect.FaceLandmarker;
import io.sightline.embed.EmbedderSettings;
import io.sightline.embed.FaceEmbedder;
import io.sightline.inference.ModelException;
import io.sightline.inference.store.ModelStore;
import io.sightline.inference.store.VerifiedModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Real faces through the real models: stills of the demo's clip. Skipped where clip or models cannot be had, except on CI. */
class ClipEnrolmentTest {
    private static final Path MODELS_DIR = Path.of("..", "models");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private FaceDetector detector;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private FaceEmbedder embedder;

    private final FakeGallery gallery = new FakeGallery();

    @BeforeEach
    void openModels() {
        detector = FaceDetector.open(
                model("fdretina-int8"),
                DetectorSettings.defaults(),
                Optional.of(FaceLandmarker.open(model("fdlandmark"), 0)));
        embedder = FaceEmbedder.open(model("fdfacenet"), EmbedderSettings.defaults());
    }

    @AfterEach
    void closeModels() {
        detector.close();
        embedder.close();
    }

    @Test
    void closeUpsEnrolTheirPersonAndNobodyElse() {
        List<PhotoReport> presenter = enroller().enrol(person("Presenter", 10, 15, 40));
        List<PhotoReport> guest = enroller().enrol(person("Guest", 47, 60));

        assertThat(presenter).allMatch(report -> report.result() == PhotoReport.Result.ACCEPTED);
        assertThat(guest).allMatch(report -> report.result() == PhotoReport.Result.ACCEPTED);
        assertThat(presenter).allMatch(report -> report.detail().isEmpty());
    }

    @Test
    void secondNameForAnEnrolledPersonIsRefused() {
        enroller().enrol(person("Guest", 47));

        PhotoReport again = enroller().enrol(person("Somebody", 85)).get(0);

        assertThat(again.reason()).contains("resembles_another");
        assertThat(again.line()).contains("resembles 'Guest'");
    }

    @Test
    void wideShotOfTwoPeopleEnrolsNobody() {
        assertThat(enroller().enrol(person("Both", 75)).get(0).reason()).contains("several_faces");
    }

    @Test
    void titlesShowNobody() {
        assertThat(enroller().enrol(person("Nobody", 1)).get(0).reason()).contains("no_face");
    }

    private Enroller enroller() {
        EnrolSettings settings = EnrolSettings.defaults();
        return new Enroller(
                new PhotoExaminer(detector, embedder, settings),
                gallery,
                settings,
                model("fdfacenet").card().embedder());
    }

    private PersonPhotos person(String name, int... seconds) {
        List<DemoPerson> moments = java.util.Arrays.stream(seconds)
                .mapToObj(second -> new DemoPerson("second " + second, Duration.ofSeconds(second)))
                .toList();
        try {
            List<Still> stills = DemoStills.take(DemoClip.locate(folder).clip(), moments, Clock.systemUTC());
            return new PersonPhotos(
                    name,
                    stills.stream()
                            .map(still -> Photo.of(still.name(), still.picture().bytes()))
                            .toList());
        } catch (DemoException e) {
            throw onCiFailElseSkip(e, "needs the demo's clip");
        }
    }

    private static VerifiedModel model(String id) {
        Path cache = ModelStore.defaultCacheDir(System.getenv(), Path.of(System.getProperty("user.home")));
        try {
            return new ModelStore(MODELS_DIR, cache).obtain(id);
        } catch (ModelException e) {
            throw onCiFailElseSkip(e, "needs the model " + id);
        }
    }

    private static TestAbortedException onCiFailElseSkip(Exception cause, String needs) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(needs, cause);
        }
        return new TestAbortedException(needs + ": " + cause.getMessage());
    }
}
