package io.sightline.tests.consumers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The archive of schemas as this build made it, unpacked in memory. */
record SchemasArchive(Path path, List<ZipEntry> entries, Map<String, byte[]> files) {
    private static final Path TARGET = Path.of("..", "contracts", "target");

    /** Of the phase {@code package}; throws where there is none, or several. */
    static SchemasArchive built() {
        try (Stream<Path> all = Files.list(TARGET)) {
            List<Path> archives =
                    all.filter(file -> file.toString().endsWith("-schemas.zip")).toList();
            if (archives.size() != 1) {
                throw new AssertionError("one archive of schemas expected in " + TARGET + ", found " + archives
                        + ": mvn -pl contracts package, after emptying it of old ones");
            }
            return read(archives.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SchemasArchive read(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            List<ZipEntry> entries = zip.stream().<ZipEntry>map(entry -> entry).toList();
            Map<String, byte[]> files = new TreeMap<>();
            for (ZipEntry entry : entries) {
                if (!entry.isDirectory()) {
                    files.put(
                            entry.getName().substring(entry.getName().indexOf('/') + 1),
                            zip.getInputStream(entry).readAllBytes());
                }
            }
            return new SchemasArchive(path, entries, files);
        }
    }

    /** The one folder that holds all. */
    String folder() {
        String first = entries.get(0).getName();
        return first.substring(0, first.indexOf('/') + 1);
    }
}
