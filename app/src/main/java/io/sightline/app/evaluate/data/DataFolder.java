package io.sightline.app.evaluate.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folder that an evaluation is given, and which data it holds. Owns the archives that its pictures lie in. */
public final class DataFolder implements AutoCloseable {
    private final Path root;
    private final List<PictureFiles> open = new ArrayList<>();

    /** Throws {@link EvaluationDataException} when it is no folder. */
    public DataFolder(Path root) {
        if (!Files.isDirectory(root)) {
            throw new EvaluationDataException(root + " is no folder: give one that holds data, see docs/evaluation.md");
        }
        this.root = root;
    }

    /** People: {@code lfw/} or the folder itself with {@code pairs.txt}, else folders of people. */
    public PeopleSet people() {
        Optional<Path> lfw = holding("lfw", "pairs.txt");
        return lfw.isPresent() ? PeopleReader.lfw(lfw.get(), files(lfw.get())) : PeopleReader.folder(root);
    }

    /** Whether {@link #people} has anything to read that is meant as people. */
    public boolean hasPeople() {
        return holding("lfw", "pairs.txt").isPresent() || !(hasGroups() || hasScenes());
    }

    /** Labelled crops: {@code faces/} or the folder itself with {@code index.csv}. */
    public GroupSet groups() {
        Path folder = holding("faces", "index.csv").orElseThrow(() -> lacks("faces/index.csv"));
        return GroupSet.read(folder, files(folder));
    }

    public boolean hasGroups() {
        return holding("faces", "index.csv").isPresent();
    }

    /** Labelled scenes: {@code detector/} or the folder itself with {@code labels.csv}. */
    public SceneSet scenes() {
        Path folder = holding("detector", "labels.csv").orElseThrow(() -> lacks("detector/labels.csv"));
        return SceneSet.read(folder, files(folder));
    }

    public boolean hasScenes() {
        return holding("detector", "labels.csv").isPresent();
    }

    private Optional<Path> holding(String subfolder, String file) {
        return List.of(root.resolve(subfolder), root).stream()
                .filter(folder -> Files.isRegularFile(folder.resolve(file)))
                .findFirst();
    }

    private EvaluationDataException lacks(String file) {
        return new EvaluationDataException(
                root + " holds no " + file + ": see docs/evaluation.md, or leave that part out with --only");
    }

    private PictureFiles files(Path folder) {
        PictureFiles files = new PictureFiles(folder);
        open.add(files);
        return files;
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (PictureFiles files : open) {
            try {
                files.close();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
