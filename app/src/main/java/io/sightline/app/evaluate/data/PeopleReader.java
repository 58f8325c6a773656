package io.sightline.app.evaluate.data;

import io.sightline.app.enrol.PeopleFolder;
import io.sightline.app.enrol.PersonPhotos;
import io.sightline.app.enrol.PhotoReport;
import io.sightline.app.evaluate.data.PeopleSet.FacePicture;
import io.sightline.app.evaluate.data.PeopleSet.GivenFace;
import io.sightline.app.evaluate.data.PeopleSet.Pair;
import io.sightline.app.evaluate.data.Table.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Reads people's pictures: LFW with its protocol, or any folder of people, from which a protocol is drawn. */
final class PeopleReader {
    private static final int FOLDS = 10;
    /** Of a folder without a protocol; LFW has 6 000 of both sorts. */
    private static final int MAX_MATED_PAIRS = 20_000;

    /** Landmarks of the table count pixel middles as whole numbers, the product adds a half. */
    private static final float TO_PIXEL_MIDDLE = 0.5f;

    private PeopleReader() {}

    /** A folder with {@code pairs.txt} and {@code landmarks.csv}; the pictures lie beside them or in the archives that the table names. */
    static PeopleSet lfw(Path folder, PictureFiles files) {
        List<Row> rows =
                new ArrayList<>(Table.read(folder.resolve("landmarks.csv")).rows());
        rows.sort(Comparator.comparing(row -> row.text("name")));
        List<FacePicture> pictures = new ArrayList<>();
        Map<String, Integer> index = new HashMap<>();
        for (Row row : rows) {
            index.put(row.text("name"), pictures.size());
            pictures.add(new FacePicture(
                    row.text("person"),
                    files.picture(row.text("name"), row.optional("shard")),
                    FaceColumns.landmarks(row)
                            .map(points -> new GivenFace(
                                    FaceColumns.box(row), points.transformed(1, TO_PIXEL_MIDDLE, TO_PIXEL_MIDDLE)))));
        }
        List<Pair> pairs = new PairList(folder.resolve("pairs.txt"), index).read();
        return new PeopleSet(folder + " (pairs.txt)", pictures, pairs, List.of());
    }

    /** {@code folder/NAME/*.jpg}: all mated pairs, up to a bound, and as many non-mated ones drawn from a fixed seed. */
    static PeopleSet folder(Path folder) {
        PeopleFolder people;
        try {
            people = PeopleFolder.read(folder);
        } catch (IOException e) {
            throw new EvaluationDataException(folder + " cannot be read: " + e.getMessage(), e);
        }
        List<FacePicture> pictures = new ArrayList<>();
        for (PersonPhotos person : people.people()) {
            person.photos().forEach(photo -> pictures.add(new FacePicture(person.name(), photo, Optional.empty())));
        }
        List<String> problems =
                people.problems().stream().map(PeopleReader::sentence).toList();
        return new PeopleSet(folder + " (folders of people)", pictures, pairs(folder, pictures), problems);
    }

    private static String sentence(PhotoReport report) {
        return report.photo() + ": " + report.detail().orElse("cannot be used");
    }

    private static List<Pair> pairs(Path folder, List<FacePicture> pictures) {
        List<Pair> mated = new ArrayList<>();
        for (int first = 0; first < pictures.size(); first++) {
            for (int second = first + 1; isSamePerson(pictures, first, second); second++) {
                mated.add(new Pair(mated.size() % FOLDS, first, second, true));
            }
        }
        boolean isOnePerson =
                pictures.stream().map(FacePicture::person).distinct().count() < 2;
        if (mated.isEmpty() || isOnePerson) {
            throw new EvaluationDataException(
                    folder + " holds " + pictures.size() + " pictures, but no "
                            + (mated.isEmpty() ? "two of one person" : "second person")
                            + ": nothing to compare; give a folder with NAME/*.jpg, two or more pictures a person, or one with lfw/pairs.txt");
        }
        Random random = new Random(1);
        List<Pair> pairs = new ArrayList<>(mated);
        Collections.shuffle(pairs, random);
        pairs = new ArrayList<>(pairs.subList(0, Math.min(MAX_MATED_PAIRS, pairs.size())));
        pairs.addAll(nonMated(pictures, pairs.size(), random));
        return pairs;
    }

    private static boolean isSamePerson(List<FacePicture> pictures, int first, int second) {
        return second < pictures.size()
                && pictures.get(first).person().equals(pictures.get(second).person());
    }

    /** Fewer where there are not so many different ones. */
    private static List<Pair> nonMated(List<FacePicture> pictures, int wanted, Random random) {
        List<Pair> pairs = new ArrayList<>();
        Set<Long> drawn = new HashSet<>();
        for (long draw = 0; draw < 50L * wanted && pairs.size() < wanted; draw++) {
            int one = random.nextInt(pictures.size());
            int other = random.nextInt(pictures.size());
            int first = Math.min(one, other);
            int second = Math.max(one, other);
            boolean isNew = drawn.add((long) first * pictures.size() + second);
            if (isNew
                    && !pictures.get(first).person().equals(pictures.get(second).person())) {
                pairs.add(new Pair(pairs.size() % FOLDS, first, second, false));
            }
        }
        return pairs;
    }
}
