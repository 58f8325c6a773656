package io.sightline.app.enrol;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A folder of people: {@code people/NAME/*.jpg} (or png, webp), or {@code people/NAME.jpg}. Hidden files are passed over.
 *
 * @param people by name; those whose names clash are left out
 * @param problems what could not be used, one report each
 */
public record PeopleFolder(List<PersonPhotos> people, List<PhotoReport> problems) {
    public PeopleFolder {
        people = List.copyOf(people);
        problems = List.copyOf(problems);
    }

    /** Reads names only, no photo. Throws {@link IOException} when the folder itself cannot be read. */
    public static PeopleFolder read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder + " is no folder: give one that holds NAME/*.jpg or NAME.jpg");
        }
        FolderSurvey survey = new FolderSurvey();
        for (Entry entry : entries(folder, "", survey)) {
            if (Files.isDirectory(entry.path())) {
                addFolder(entry, survey);
            } else if (entry.name().isPhoto()) {
                survey.add(entry.name().stem(), entry.label(), List.of(Photo.of(entry.label(), entry.path())));
            } else {
                survey.problem(
                        entry.label(), Optional.empty(), Refusal.UNREADABLE, "no .jpg, .jpeg, .png or .webp file");
            }
        }
        return survey.finish();
    }

    /**
     * One file or folder.
     *
     * @param label its path below the people's folder
     */
    record Entry(Path path, FileName name, String label) {}

    private static void addFolder(Entry folder, FolderSurvey survey) {
        Optional<String> person = Optional.of(folder.name().text());
        List<Photo> photos = new ArrayList<>();
        try {
            for (Entry entry : entries(folder.path(), folder.label(), survey)) {
                if (Files.isDirectory(entry.path())) {
                    survey.problem(
                            entry.label(),
                            person,
                            Refusal.UNREADABLE,
                            "a folder within a person's folder: move its photos up");
                } else if (entry.name().isPhoto()) {
                    photos.add(Photo.of(entry.label(), entry.path()));
                } else {
                    survey.problem(entry.label(), person, Refusal.UNREADABLE, "no .jpg, .jpeg, .png or .webp file");
                }
            }
        } catch (IOException e) {
            survey.problem(
                    folder.label(),
                    person,
                    Refusal.UNREADABLE,
                    "the folder cannot be read (" + e + "): check its permissions");
            return;
        }
        survey.add(folder.name(), folder.label() + "/", photos);
    }

    /** What stands in a folder and is meant as something, by name. */
    private static List<Entry> entries(Path folder, String label, FolderSurvey survey) throws IOException {
        List<Entry> entries = new ArrayList<>();
        String prefix = label.isEmpty() ? "" : label + "/";
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path path : stream) {
                Optional<FileName> name = FileName.of(path);
                if (name.isEmpty()) {
                    survey.problem(
                            prefix + path.getFileName(),
                            Optional.empty(),
                            Refusal.NAME,
                            "its name is no UTF-8 text: rename it");
                } else if (!name.get().isIgnored()) {
                    entries.add(new Entry(path, name.get(), prefix + name.get().text()));
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(Comparator.comparing(Entry::label)
                .thenComparing(entry -> entry.name().raw()));
        return entries;
    }
}
