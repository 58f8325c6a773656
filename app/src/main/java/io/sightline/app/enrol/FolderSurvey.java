package io.sightline.app.enrol;

import io.sightline.match.gallery.PersonName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers a folder's people, and finds names that are the same person's to the gallery but not to the file system. */
final class FolderSurvey {
    private final Map<String, List<Found>> foundByKey = new LinkedHashMap<>();
    private final List<PhotoReport> problems = new ArrayList<>();

    /** A folder, or a photo beside the folders. */
    private record Found(FileName name, String label, List<Photo> photos) {}

    void problem(String label, Optional<String> person, Refusal reason, String sentence) {
        problems.add(PhotoReport.refused(label, person, reason, sentence));
    }

    void add(FileName name, String label, List<Photo> photos) {
        try {
            PersonName.check(name.text());
        } catch (IllegalArgumentException e) {
            problem(label, Optional.of(name.text()), Refusal.NAME, e.getMessage() + ": rename it");
            return;
        }
        if (photos.isEmpty()) {
            problem(
                    label,
                    Optional.of(name.text()),
                    Refusal.NO_PHOTO,
                    "holds no photo: put a .jpg, .png or .webp into it");
            return;
        }
        foundByKey
                .computeIfAbsent(PersonName.key(name.text()), key -> new ArrayList<>())
                .add(new Found(name, label, photos));
    }

    PeopleFolder finish() {
        List<PersonPhotos> people = new ArrayList<>();
        for (List<Found> same : foundByKey.values()) {
            if (same.stream().map(found -> found.name().raw()).distinct().count() > 1) {
                clash(same);
            } else {
                people.add(new PersonPhotos(
                        same.get(0).name().text(),
                        same.stream().flatMap(found -> found.photos().stream()).toList()));
            }
        }
        return new PeopleFolder(people, problems);
    }

    private void clash(List<Found> same) {
        for (Found one : same) {
            List<String> others = same.stream()
                    .filter(other -> !other.name().raw().equals(one.name().raw()))
                    .map(other -> "'" + other.label() + "'")
                    .toList();
            problem(
                    one.label(),
                    Optional.of(one.name().text()),
                    Refusal.NAME,
                    "'" + one.label() + "' and " + String.join(", ", others)
                            + " differ only in case, spaces or the form of their letters: if they are one person, put the photos into one"
                            + " folder, else tell them apart by name; neither was imported");
        }
    }
}
