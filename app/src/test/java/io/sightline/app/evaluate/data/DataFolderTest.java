package io.sightline.app.evaluate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.app.evaluate.TinyFaces;
import io.sightline.app.evaluate.data.PeopleSet.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void lfwIsReadWithItsFoldsAndLandmarks() throws Exception {
        TinyFaces.lfw(folder, TinyFaces.LFW_PAIRS, TinyFaces.lfwPictures());

        PeopleSet people = people();

        assertThat(people.pairs())
                .containsExactly(
                        new Pair(0, 0, 1, true),
                        new Pair(0, 0, 2, true),
                        new Pair(0, 0, 3, false),
                        new Pair(0, 1, 5, false),
                        new Pair(1, 3, 4, true),
                        new Pair(1, 1, 2, true),
                        new Pair(1, 5, 6, false),
                        new Pair(1, 4, 2, false));
        assertThat(people.persons()).isEqualTo(Map.of("Ada", 0, "Bob", 1, "Cid", 2, "Dot", 3));
        assertThat(people.hasLandmarks()).isTrue();
        assertThat(people.pictures().get(0).face().orElseThrow().landmarks().x(0))
                .as("38.2946 as an index, half a pixel more as a middle")
                .isEqualTo(38.7946f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "2 1\\nAda 1 9 | line 2 names Ada_0009, which landmarks.csv does not",
                "2 1\\nAda one 2 | line 2: 'one' should be a number",
                "2 1\\nAda 1 2 Bob 1 | line 2 has 5 words",
                "2 1\\n | names no pair",
                "nothing | 'nothing' should be a number"
            })
    void brokenListOfPairsIsSaidWithItsLine(String pairs, String sentence) throws Exception {
        TinyFaces.lfw(folder, pairs.replace("\\n", "\n"), TinyFaces.lfwPictures());

        assertPeopleRefused().hasMessageContaining("pairs.txt").hasMessageContaining(sentence.strip());
    }

    @Test
    void foldersOfPeopleGiveAllMatedPairsAndAsManyOthers() throws Exception {
        photos("Ada", 4);
        photos("Bob", 3);
        Files.writeString(folder.resolve("Ada/notes.txt"), "no picture");

        PeopleSet people = people();

        assertThat(people.pictures()).hasSize(7);
        assertThat(people.pairs().stream().filter(Pair::isMated)).hasSize(6 + 3);
        assertThat(people.pairs().stream().filter(pair -> !pair.isMated()))
                .hasSize(9)
                .doesNotHaveDuplicates()
                .allMatch(pair -> pair.first() < 4 && pair.second() >= 4);
        assertThat(people.pairs().stream().map(Pair::fold).distinct()).hasSizeGreaterThan(1);
        assertThat(people.hasLandmarks()).isFalse();
        assertThat(people.problems()).containsExactly("Ada/notes.txt: no .jpg, .jpeg, .png or .webp file");
        assertThat(people().pairs()).as("drawn the same each time").isEqualTo(people.pairs());
    }

    @Test
    void folderWithoutTwoPicturesOfOnePersonIsSaid() throws Exception {
        photos("Ada", 1);
        photos("Bob", 1);

        assertPeopleRefused()
                .hasMessageContaining(
                        "holds 2 pictures, but no two of one person: nothing to compare; give a folder with NAME/*.jpg");
    }

    @Test
    void folderOfOnePersonIsSaid() throws Exception {
        photos("Ada", 3);

        assertPeopleRefused().hasMessageContaining("holds 3 pictures, but no second person");
    }

    @Test
    void emptyFolderIsSaid() {
        assertPeopleRefused().hasMessageContaining("holds 0 pictures, but no two of one person");
    }

    @Test
    void whatIsNoFolderIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new DataFolder(file))
                .isInstanceOf(EvaluationDataException.class)
                .hasMessageContaining("is no folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "name,x1,y1,x2,y2\\na,0,0,10 | line 2 has 4 values, but there are 5 columns",
                "name,x1,y1,x2,y2\\na,0,0,ten,10 | 'x2' is 'ten', which is no number",
                "name,x1,y1,x2,y2\\na,0,0,NaN,10 | 'x2' is 'NaN': it must be finite",
                "name,x1,y1,x2,y2\\na,9,0,3,10 | has no area; x2 and y2 lie right and below",
                "name,x1,y1,x2\\na,9,0,13 | has no value for 'y2'",
                "name,x1,y1,x2,y2\\n | names no picture to look at",
            })
    void brokenTableIsSaidWithItsLine(String table, String sentence) throws Exception {
        Files.writeString(folder.resolve("labels.csv"), table.replace("\\n", "\n"));

        try (DataFolder data = new DataFolder(folder)) {
            assertThatThrownBy(data::scenes)
                    .isInstanceOf(EvaluationDataException.class)
                    .hasMessageContaining(sentence.strip());
        }
    }

    @Test
    void valuesWithCommasAreQuoted() throws Exception {
        Files.writeString(folder.resolve("table.csv"), "name,note\na,\"one, \"\"two\"\"\"\n\nb,\n");

        List<Table.Row> rows = Table.read(folder.resolve("table.csv")).rows();

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).text("note")).isEqualTo("one, \"two\"");
        assertThat(rows.get(1).has("note")).isFalse();
        assertThat(rows.get(1).place()).endsWith("table.csv, line 4");
    }

    @ParameterizedTest
    @CsvSource({
        "Asian, 000007.webp, true",
        "White, 032067, true",
        "Asian, 000008.webp, false",
        "Asian, 000017.webp, false",
        "'', 000007.webp, false",
        "Asian, portrait.webp, false"
    })
    void heldOutAreLabelledCropsWhoseNumberModuloTwentyIsSeven(String group, String name, boolean isHeldOut) {
        assertThat(HeldOut.isHeldOut(group, name)).isEqualTo(isHeldOut);
    }

    @ParameterizedTest
    @CsvSource({"0, 00-09", "9, 00-09", "10, 10-19", "39, 20-39", "59, 40-59", "60, 60+", "116, 60+"})
    void agesFallIntoBands(int years, String band) {
        assertThat(GroupSet.ageBand(years)).isEqualTo(band);
    }

    @Test
    void tooFewLabelledCropsAreSaid() throws Exception {
        Files.writeString(folder.resolve("index.csv"), "name,source,age,sex,group\n000007.png,utkface,3,F,Asian\n");

        try (DataFolder data = new DataFolder(folder)) {
            assertThatThrownBy(data::groups).hasMessageContaining("names 1 crops that are held out and labelled");
        }
    }

    @Test
    void pictureOutsideTheFolderIsNotRead() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.write(folder.resolve("secret.png"), TinyFaces.picture(0, 1));

        try (PictureFiles files = new PictureFiles(inner)) {
            assertThatThrownBy(
                            () -> files.picture("../secret", Optional.empty()).bytes())
                    .hasMessageContaining("there is no such picture");
        }
    }

    private void photos(String person, int count) throws IOException {
        Path own = Files.createDirectories(folder.resolve(person));
        for (int i = 0; i < count; i++) {
            Files.write(own.resolve(i + ".png"), TinyFaces.picture(0, i));
        }
    }

    private PeopleSet people() {
        try (DataFolder data = new DataFolder(folder)) {
            return data.people();
        }
    }

    private AbstractThrowableAssert<?, ?> assertPeopleRefused() {
        return assertThatThrownBy(this::people).isInstanceOf(EvaluationDataException.class);
    }
}
