package io.sightline.app.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.sightline.app.enrol.EnrolSettings.OnResemblance;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.match.gallery.GalleryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrollerTest {
    private static final EmbedderSpec EMBEDDER = new EmbedderSpec("out", 10, false, 0.4, 0.1, "a test");

    @TempDir
    private Path folder;

    private final FakePeople people = new FakePeople();
    private final FakeGallery gallery = new FakeGallery();

    @Test
    void goodPhotosBecomeTemplatesWhoseSourceIsTheirHash() {
        byte[] first = FakePeople.photoOf(1, 1);

        List<PhotoReport> reports = enroller().enrol(anna(photo("a", first), photo("b", FakePeople.photoOf(1, 2))));

        assertThat(reports).allMatch(report -> report.result() == PhotoReport.Result.ACCEPTED);
        assertThat(reports.get(0).quality().orElseThrow()).isBetween(0.5, 1.0);
        assertThat(gallery.content().get("Anna")).hasSize(2).contains(Enroller.sourceOf(first));
        assertThat(Enroller.sourceOf(new byte[0]))
                .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void everyRefusalSaysWhyAndTheOtherPhotosAreEnrolled() {
        List<PhotoReport> reports = enroller()
                .enrol(anna(
                        photo("text", new byte[] {1, 2, 3}),
                        photo("nobody", FakePeople.photo(1, 1, 0, 70)),
                        photo("two", FakePeople.photo(1, 1, 2, 70)),
                        photo("small", FakePeople.photo(1, 1, 1, 30)),
                        photo("speck", FakePeople.photo(1, 1, 1, 15)),
                        photo("good", FakePeople.photoOf(1, 1))));

        assertThat(reports.stream().map(PhotoReport::line))
                .containsExactly(
                        "text: refused, the file is no JPEG, PNG or WebP picture: convert it",
                        "nobody: refused, no face was found: use a photo that shows the person from the front",
                        "two: refused, 2 faces were found: crop the photo to the one who is meant, so that nobody else is enrolled",
                        "small: refused, the face is 30 px wide, at least 40 are needed: use a larger photo, or one from nearer",
                        "speck: refused, the face is 15 px wide, at least 40 are needed: use a larger photo, or one from nearer",
                        "good: accepted");
        assertThat(reports.stream().map(report -> report.reason().orElse("")))
                .containsExactly("unreadable", "no_face", "several_faces", "too_small", "too_small", "");
        assertThat(gallery.content().get("Anna")).hasSize(1);
    }

    @Test
    void fileThatCannotBeReadIsReportedAndTheRestImported() throws IOException {
        write("Anna/1.png", FakePeople.photoOf(1, 1));
        write("Anna/2.png", FakePeople.photoOf(1, 2));
        PeopleFolder listed = PeopleFolder.read(folder);
        Files.delete(folder.resolve("Anna/1.png"));

        ImportReport report = enroller().enrol(listed, heard -> {});

        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.photos().get(0).line()).startsWith("Anna/1.png: refused, the file cannot be read");
    }

    @Test
    void importRunAgainAddsNothingAndLooksAtNoPhotoTwice() throws IOException {
        write("Anna/1.png", FakePeople.photoOf(1, 1));
        write("Bob.png", FakePeople.photoOf(2, 2));
        enroller().enrol(PeopleFolder.read(folder), heard -> {});
        int looks = people.looks();

        ImportReport again = enroller().enrol(PeopleFolder.read(folder), heard -> {});

        assertThat(again.summary()).isEqualTo("2 people: 0 photos enrolled, 2 known before, 0 refused");
        assertThat(people.looks()).isEqualTo(looks);
    }

    @Test
    void importThatWasCutOffAndIsRunAgainEqualsAnUnbrokenOne() throws IOException {
        for (int person = 0; person < 6; person++) {
            write("Person " + person + "/1.png", FakePeople.photoOf(person, person));
            write("Person " + person + "/2.png", FakePeople.photoOf(person, 10 + person));
            write("Person " + person + "/others.png", FakePeople.photoOf((person + 5) % 6, 20 + person));
        }
        enroller().enrol(PeopleFolder.read(folder), heard -> {});
        FakeGallery cutOff = new FakeGallery();
        cutOff.goAwayAfter(3);

        assertThatThrownBy(() -> enroller(cutOff).enrol(PeopleFolder.read(folder), heard -> {}))
                .isInstanceOf(GalleryException.class);
        cutOff.goAwayAfter(Integer.MAX_VALUE);
        enroller(cutOff).enrol(PeopleFolder.read(folder), heard -> {});

        assertThat(cutOff.content()).isEqualTo(gallery.content());
    }

    @Test
    void sameFileUnderTwoNamesIsOneTemplate() {
        byte[] file = FakePeople.photoOf(1, 1);

        List<PhotoReport> reports = enroller().enrol(anna(photo("a", file), photo("copy of a", file)));

        assertThat(reports.get(1).result()).isEqualTo(PhotoReport.Result.KNOWN);
        assertThat(gallery.content().get("Anna")).hasSize(1);
    }

    @Test
    void photoThatResemblesAnotherPersonIsRefusedByName() {
        enroller().enrol(new PersonPhotos("Bob", List.of(photo("bob", FakePeople.photoOf(2, 1)))));

        List<PhotoReport> reports =
                enroller().enrol(anna(photo("hers", FakePeople.photoOf(1, 1)), photo("his", FakePeople.photoOf(2, 2))));

        assertThat(reports.get(0).result()).isEqualTo(PhotoReport.Result.ACCEPTED);
        assertThat(reports.get(1).reason()).contains("resembles_another");
        assertThat(reports.get(1).line()).contains("resembles 'Bob'").contains("similarity 1.00, from 0.50 on");
        assertThat(gallery.content().get("Anna")).hasSize(1);
    }

    @Test
    void twinsAreEnrolledWithAWarningWhereThatIsAllowed() {
        enroller().enrol(new PersonPhotos("Bob", List.of(photo("bob", FakePeople.photoOf(2, 1)))));
        EnrolSettings allowing = EnrolSettings.defaults().withOnResemblance(OnResemblance.WARN);

        PhotoReport report = new Enroller(people.examiner(allowing), gallery, allowing, EMBEDDER)
                .enrol(new PersonPhotos("Bob's twin", List.of(photo("twin", FakePeople.photoOf(2, 2)))))
                .get(0);

        assertThat(report.result()).isEqualTo(PhotoReport.Result.ACCEPTED);
        assertThat(report.detail().orElseThrow()).contains("resembles 'Bob'");
    }

    @Test
    void photoUnlikeAllOthersOfThePersonIsEnrolledWithAWarning() {
        List<PhotoReport> reports = enroller()
                .enrol(anna(
                        photo("a", FakePeople.photoOf(1, 1)),
                        photo("b", FakePeople.photoOf(1, 2)),
                        photo("stranger", FakePeople.photoOf(7, 3))));

        assertThat(reports.get(0).detail()).isEmpty();
        assertThat(reports.get(2).result()).isEqualTo(PhotoReport.Result.ACCEPTED);
        assertThat(reports.get(2).detail().orElseThrow())
                .contains("resembles none of this person's other photos (similarity 0.00 at most)");
    }

    @Test
    void photosBeyondTheLimitAreNotEvenRead() {
        List<Photo> photos = IntStream.range(0, 52)
                .mapToObj(i -> photo("photo " + i, FakePeople.photoOf(1, i)))
                .toList();

        List<PhotoReport> reports = enroller().enrol(new PersonPhotos("Anna", photos));

        assertThat(reports).hasSize(52);
        assertThat(reports.get(51).line()).contains("only the first 50 photos").contains("enrol.max-photos-per-person");
        assertThat(gallery.content().get("Anna")).hasSize(50);
    }

    @Test
    void personWithoutAnyGoodPhotoIsNotEnrolled() {
        enroller().enrol(anna(photo("nobody", FakePeople.photo(1, 1, 0, 70))));

        assertThat(gallery.content()).isEmpty();
    }

    @Test
    void reportIsHeardPhotoByPhotoAndWrittenAsJson() throws IOException {
        write("Anna/1.png", FakePeople.photoOf(1, 1));
        write("Anna/2.png", FakePeople.photo(1, 2, 2, 70));
        write("anna.png", FakePeople.photoOf(1, 3));
        write("Bob.png", FakePeople.photoOf(2, 4));
        List<PhotoReport> heard = new ArrayList<>();

        ImportReport report = enroller().enrol(PeopleFolder.read(folder), heard::add);

        JsonNode json = new ObjectMapper().registerModule(new Jdk8Module()).valueToTree(report);
        assertThat(heard).isEqualTo(report.photos());
        assertThat(json.get("people").asInt()).isEqualTo(1);
        assertThat(json.get("accepted").asInt()).isEqualTo(1);
        assertThat(json.get("refused").asInt()).isEqualTo(2);
        JsonNode clash = json.get("photos").get(0);
        assertThat(clash.get("result").asText()).isEqualTo("refused");
        assertThat(clash.get("reason").asText()).isEqualTo("name");
        assertThat(clash.has("quality")).isFalse();
    }

    private Enroller enroller() {
        return enroller(gallery);
    }

    private Enroller enroller(FakeGallery into) {
        EnrolSettings settings = EnrolSettings.defaults();
        return new Enroller(people.examiner(settings), into, settings, EMBEDDER);
    }

    private static PersonPhotos anna(Photo... photos) {
        return new PersonPhotos("Anna", List.of(photos));
    }

    private static Photo photo(String label, byte[] file) {
        return Photo.of(label, file);
    }

    private void write(String path, byte[] file) throws IOException {
        Path target = folder.resolve(path);
        Files.createDirectories(target.getParent());
        Files.write(target, file);
    }
}
