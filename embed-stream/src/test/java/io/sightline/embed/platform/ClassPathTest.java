package io.sightline.embed.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What embed-stream stands on, tests included, runs on the oldest system that the build is for: Debian 10's or newer as a
 * rule, the Jetson TX2's Ubuntu 18.04 in the profile {@code jetson}. The limits are the build's.
 */
class ClassPathTest {
    private static final int JAVA_17 = 61;
    private static final Map<String, String> NEWEST = Map.of(
            "GLIBC", Objects.requireNonNull(System.getProperty("sightline.newest.glibc"), "set by the build"),
            "GLIBCXX", Objects.requireNonNull(System.getProperty("sightline.newest.glibcxx"), "set by the build"));

    @Test
    void neitherJavaCvNorOpenCvNorFfmpegIsThere() throws IOException {
        List<String> found = classPath().stream()
                .map(Path::toString)
                .filter(path -> path.matches(".*(bytedeco|javacv|opencv|openpnp|ffmpeg).*"))
                .toList();

        assertThat(found).isEmpty();
        assertThat(entries(name -> name.startsWith("org/bytedeco/")
                        || name.startsWith("org/opencv/")
                        || name.startsWith("nu/pattern/")))
                .isEmpty();
    }

    @Test
    void nativeLibrariesNeedNoNewerSymbolsThanTheSystemOffers() throws IOException {
        Map<String, List<SymbolVersion>> needs = nativeNeeds();

        assertThat(needs.keySet()).anyMatch(name -> name.endsWith("/libonnxruntime.so"));
        assertThat(needs.values())
                .anyMatch(versions ->
                        versions.stream().anyMatch(version -> version.family().equals("GLIBC")));
        needs.forEach((library, versions) -> assertThat(versions)
                .as("%s, where GLIBC is %s and GLIBCXX %s", library, NEWEST.get("GLIBC"), NEWEST.get("GLIBCXX"))
                .noneMatch(version -> NEWEST.containsKey(version.family())
                        && version.isNewerThan(Objects.requireNonNull(NEWEST.get(version.family())))));
    }

    @Test
    void classesAreJava17sAtMost() throws IOException {
        Map<String, Integer> newer = new TreeMap<>();
        int seen = 0;
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : classes(file)) {
                    seen++;
                    int major = major(file.getInputStream(entry));
                    if (major > JAVA_17) {
                        newer.put(jar.getFileName() + "!" + entry.getName(), major);
                    }
                }
            }
        }

        assertThat(seen).isGreaterThan(1000);
        assertThat(newer).isEmpty();
    }

    @Test
    void versionsCompareByNumberNotByText() {
        assertThat(SymbolVersion.parse("GLIBC_2.28").orElseThrow().isNewerThan("2.27"))
                .isTrue();
        assertThat(SymbolVersion.parse("GLIBC_2.3.4").orElseThrow().isNewerThan("2.27"))
                .isFalse();
        assertThat(SymbolVersion.parse("GLIBC_2.27").orElseThrow().isNewerThan("2.27"))
                .isFalse();
        assertThat(SymbolVersion.parse("GLIBC_PRIVATE")).isEmpty();
    }

    private static Map<String, List<SymbolVersion>> nativeNeeds() throws IOException {
        Map<String, List<SymbolVersion>> needs = new TreeMap<>();
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream()
                        .filter(one -> one.getName().endsWith(".so"))
                        .toList()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        ElfFile.parse(in.readAllBytes())
                                .ifPresent(elf -> needs.put(jar.getFileName() + "!/" + entry.getName(), elf.needs()));
                    }
                }
            }
        }
        return needs;
    }

    private static List<String> entries(Predicate<String> wanted) throws IOException {
        Stream.Builder<String> found = Stream.builder();
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream().map(JarEntry::getName).filter(wanted).forEach(found);
            }
        }
        return found.build().toList();
    }

    /** Those that a Java 17 loads: of a multi-release archive, not the parts for newer ones. */
    private static List<JarEntry> classes(JarFile file) {
        return file.stream()
                .filter(entry -> entry.getName().endsWith(".class"))
                .filter(entry -> !entry.getName().startsWith("META-INF/"))
                .toList();
    }

    private static int major(InputStream open) throws IOException {
        try (DataInputStream in = new DataInputStream(open)) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }

    private static List<Path> jars() {
        return classPath().stream()
                .filter(path -> path.toString().endsWith(".jar") && Files.exists(path))
                .toList();
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}
