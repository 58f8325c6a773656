package io.sightline.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only the source shows. */
class SourceTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MAX_LINES = 300;
    private static final Pattern SLEEP = Pattern.compile("(?:Thread|TimeUnit\\.\\w+)\\.sleep\\(");
    private static final Pattern LEFTOVER = Pattern.compile("\\b(?:TODO|FIXME|XXX)\\b");

    @Test
    void classesAreShortEnoughToRead() {
        assertThat(sources("main"))
                .filteredOn(file -> lines(file) > MAX_LINES)
                .as("files of over " + MAX_LINES + " lines beside the imports")
                .isEmpty();
    }

    @Test
    void testsWaitForConditionsAndDoNotSleep() {
        assertThat(sources("test")).filteredOn(file -> contains(file, SLEEP)).isEmpty();
    }

    @Test
    void nothingIsLeftForLaterInTheSource() {
        assertThat(Stream.concat(sources("main").stream(), sources("test").stream()))
                .filteredOn(file -> !file.endsWith("SourceTest.java"))
                .filteredOn(file -> contains(file, LEFTOVER))
                .isEmpty();
    }

    /** The embedder must run where there is neither FFmpeg nor OpenCV: its build refuses both, also through another. */
    @Test
    void embedStreamsBuildRefusesFfmpegAndOpenCv() {
        assertThat(ROOT.resolve("embed-stream/pom.xml"))
                .content()
                .contains("<bannedDependencies>")
                .contains("<exclude>org.bytedeco</exclude>")
                .contains("<exclude>org.openpnp</exclude>");
    }

    private static List<Path> sources(String kind) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src").resolve(kind).resolve("java"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceTest::javaFiles)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(Path file, Pattern pattern) {
        return pattern.matcher(text(file)).find();
    }

    /** Of what follows the imports. */
    private static int lines(Path file) {
        List<String> all = text(file).lines().toList();
        int imports = 0;
        for (int i = 0; i < all.size(); i++) {
            imports = all.get(i).startsWith("import ") ? i + 1 : imports;
        }
        return all.size() - imports;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
