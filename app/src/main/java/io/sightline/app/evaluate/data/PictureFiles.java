package io.sightline.app.evaluate.data;

import io.sightline.app.enrol.Photo;
import io.sightline.app.enrol.PhotoReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The pictures of a folder, named without their extension, each in a file of its own or as an entry of a zip archive. Thread-safe; archives are opened when first
 * needed and closed with this.
 */
public final class PictureFiles implements AutoCloseable {
    /** A name may have its extension already. */
    private static final List<String> EXTENSIONS = List.of("", ".webp", ".jpg", ".jpeg", ".png");

    private final Path folder;
    private final Map<String, ZipFile> archives = new HashMap<>();

    public PictureFiles(Path folder) {
        this.folder = folder;
    }

    /** A picture by its name and, where it lies in one, its archive; nothing is read yet. */
    Photo picture(String name, Optional<String> archive) {
        return new Photo() {
            @Override
            public String label() {
                return archive.map(zip -> zip + "!").orElse("") + name;
            }

            @Override
            public byte[] bytes() throws IOException {
                return archive.isPresent() ? entry(archive.get(), name) : file(name);
            }
        };
    }

    private byte[] file(String name) throws IOException {
        for (String extension : EXTENSIONS) {
            Path file = folder.resolve(name + extension);
            if (file.normalize().startsWith(folder.normalize()) && Files.isRegularFile(file)) {
                return Photo.of(name, file).bytes();
            }
        }
        throw new FileNotFoundException("there is no such picture in " + folder);
    }

    private byte[] entry(String archive, String name) throws IOException {
        ZipFile zip = archive(archive);
        for (String extension : EXTENSIONS) {
            ZipEntry entry = zip.getEntry(name + extension);
            if (entry != null) {
                return read(zip, entry);
            }
        }
        throw new FileNotFoundException("there is no such picture in " + archive);
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] bytes = stream.readNBytes(PhotoReader.MAX_BYTES + 1);
            if (bytes.length > PhotoReader.MAX_BYTES) {
                throw new IOException("the entry has over " + PhotoReader.MAX_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private synchronized ZipFile archive(String name) throws IOException {
        ZipFile open = archives.get(name);
        if (open == null) {
            open = new ZipFile(folder.resolve(name).toFile());
            archives.put(name, open);
        }
        return open;
    }

    @Override
    public synchronized void close() {
        IOException first = null;
        for (ZipFile archive : archives.values()) {
            try {
                archive.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        archives.clear();
        if (first != null) {
            throw new UncheckedIOException("an archive of " + folder + " could not be closed", first);
        }
    }
}
