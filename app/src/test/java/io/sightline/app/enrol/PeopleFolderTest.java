package io.sightline.app.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleFolderTest {
    @TempDir
    private Path people;

    @Test
    void foldersAndPhotosBesideThemArePeople() throws IOException {
        photo("Anna/1.jpg");
        photo("Anna/2.PNG");
        photo("Anna/3.webp");
        photo("Bob.jpeg");

        PeopleFolder folder = PeopleFolder.read(people);

        assertThat(names(folder)).containsExactly("Anna", "Bob");
        assertThat(labels(folder.people().get(0))).containsExactly("Anna/1.jpg", "Anna/2.PNG", "Anna/3.webp");
        assertThat(labels(folder.people().get(1))).containsExactly("Bob.jpeg");
        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void folderAndPhotoOfTheSameNameAreOnePerson() throws IOException {
        photo("Anna/1.jpg");
        photo("Anna.jpg");
        photo("Anna.png");

        PeopleFolder folder = PeopleFolder.read(people);

        assertThat(names(folder)).containsExactly("Anna");
        assertThat(labels(folder.people().get(0))).containsExactly("Anna/1.jpg", "Anna.jpg", "Anna.png");
    }

    @Test
    void namesWithSpacesCjkEmojiAndDotsAreKept() throws IOException {
        photo("Anna Maria von Berg/1.jpg");
        photo("山田 太郎/1.jpg");
        photo("🦊 Fox/1.jpg");
        photo("Dr. J. Müller.jpg");

        assertThat(names(PeopleFolder.read(people)))
                .containsExactlyInAnyOrder("Anna Maria von Berg", "山田 太郎", "🦊 Fox", "Dr. J. Müller");
    }

    @Test
    void namesComeInComposedForm() throws IOException {
        photo(Normalizer.normalize("José", Normalizer.Form.NFD) + "/1.jpg");

        assertThat(names(PeopleFolder.read(people))).containsExactly("José");
    }

    @Test
    void foldersWhoseNamesDifferInCaseAreBothNamedAndNeitherIsImported() throws IOException {
        photo("anna/1.jpg");
        photo("Anna/1.jpg");
        photo("Bob/1.jpg");
        assumeTrue(entries() == 3, "this file system does not tell case apart");

        PeopleFolder folder = PeopleFolder.read(people);

        assertThat(names(folder)).containsExactly("Bob");
        assertThat(folder.problems()).hasSize(2).allSatisfy(problem -> {
            assertThat(problem.reason()).contains("name");
            assertThat(problem.detail().orElseThrow())
                    .contains("'anna/'")
                    .contains("'Anna/'")
                    .contains("neither was imported");
        });
    }

    @Test
    void namesThatDifferInUnicodeFormAloneClashToo() throws IOException {
        photo(Normalizer.normalize("José", Normalizer.Form.NFC) + "/1.jpg");
        photo(Normalizer.normalize("José", Normalizer.Form.NFD) + ".jpg");
        assumeTrue(entries() == 2, "this file system normalises names");

        PeopleFolder folder = PeopleFolder.read(people);

        assertThat(folder.people()).isEmpty();
        assertThat(folder.problems()).hasSize(2);
    }

    @Test
    void hiddenFilesAndWhatSystemsLeaveBehindArePassedOver() throws IOException {
        photo("Anna/1.jpg");
        photo("Anna/.DS_Store");
        photo("Anna/._1.jpg");
        photo("Anna/Thumbs.db");
        photo(".hidden/1.jpg");

        PeopleFolder folder = PeopleFolder.read(people);

        assertThat(labels(folder.people().get(0))).containsExactly("Anna/1.jpg");
        assertThat(folder.people()).hasSize(1);
        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsReportedAndTheRestIsTaken() throws IOException {
        photo("Anna/1.jpg");
        photo("Anna/notes.txt");
        photo("Anna/2019/1.jpg");
        photo("list.csv");
        Files.createDirectories(people.resolve("Nobody"));

        PeopleFolder folder = PeopleFolder.read(people);

        assertThat(names(folder)).containsExactly("Anna");
        assertThat(folder.problems().stream().map(PhotoReport::line))
                .containsExactlyInAnyOrder(
                        "Anna/notes.txt: refused, no .jpg, .jpeg, .png or .webp file",
                        "Anna/2019: refused, a folder within a person's folder: move its photos up",
                        "list.csv: refused, no .jpg, .jpeg, .png or .webp file",
                        "Nobody/: refused, holds no photo: put a .jpg, .png or .webp into it");
    }

    @Test
    void nameThatNoPersonMayHaveIsReported() throws IOException {
        photo("  /1.jpg");

        PeopleFolder folder = PeopleFolder.read(people);

        assertThat(folder.people()).isEmpty();
        assertThat(folder.problems().get(0).detail().orElseThrow())
                .contains("blank")
                .contains("rename it");
    }

    @Test
    void whatIsNoFolderIsSaidAtOnce() {
        assertThatThrownBy(() -> PeopleFolder.read(people.resolve("missing")))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining("is no folder: give one that holds NAME/*.jpg");
    }

    private void photo(String path) throws IOException {
        Path file = people.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, PhotoFiles.jpeg());
    }

    private long entries() throws IOException {
        try (Stream<Path> all = Files.list(people)) {
            return all.count();
        }
    }

    private static List<String> names(PeopleFolder folder) {
        return folder.people().stream().map(PersonPhotos::name).toList();
    }

    private static List<String> labels(PersonPhotos person) {
        return person.photos().stream().map(Photo::label).toList();
    }
}
