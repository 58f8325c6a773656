package io.sightline.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoClipTest {
    private static final DemoAsset VIDEO = new DemoAsset("a/video.mp4", "video.mp4", sha256("moving pictures"));
    private static final DemoAsset FACE = new DemoAsset("a/face.jpg", "face.jpg", sha256("a face"));

    @TempDir
    private Path folder;

    private Path cache;
    private Path inRepository;
    private int fetches;

    @BeforeEach
    void folders() {
        cache = folder.resolve("cache");
        inRepository = folder.resolve("repository.jar");
    }

    @Test
    void filesComeFromTheLocalRepositoryWithoutFetching() throws Exception {
        archive(inRepository, "moving pictures", "a face");

        List<Path> files = clip().files(List.of(VIDEO, FACE));

        assertThat(files).containsExactly(cache.resolve("video.mp4"), cache.resolve("face.jpg"));
        assertThat(files.get(0)).hasContent("moving pictures");
        assertThat(fetches).isZero();
    }

    @Test
    void archiveThatIsNowhereIsFetchedOnce() throws Exception {
        clip().files(List.of(VIDEO));
        clip().files(List.of(VIDEO));

        assertThat(fetches).isEqualTo(1);
        assertOnlyIn(cache, "video.mp4");
    }

    @Test
    void damagedCachedFileIsReplaced() throws Exception {
        archive(inRepository, "moving pictures", "a face");
        Files.createDirectories(cache);
        Files.writeString(cache.resolve("video.mp4"), "moving pic");

        clip().files(List.of(VIDEO));

        assertThat(cache.resolve("video.mp4")).hasContent("moving pictures");
    }

    @Test
    void wrongContentIsRefusedAndLeavesNothing() throws Exception {
        archive(inRepository, "other pictures", "a face");

        assertThatThrownBy(() -> clip().files(List.of(VIDEO)))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining(
                        "a/video.mp4 has sha256 " + sha256("other pictures") + " instead of " + VIDEO.sha256())
                .hasMessageContaining("Delete it and start the demo again");
        assertOnlyIn(cache);
    }

    @Test
    void archiveWithoutTheFileIsRefused() throws Exception {
        archive(inRepository, "moving pictures", "a face");
        DemoAsset absent = new DemoAsset("a/absent.mp4", "absent.mp4", "00");

        assertThatThrownBy(() -> clip().files(List.of(absent))).hasMessageContaining("it lacks a/absent.mp4");
    }

    @Test
    void fileThatIsNoArchiveIsRefused() throws Exception {
        Files.writeString(inRepository, "<html>a proxy's page</html>");

        assertThatThrownBy(() -> clip().files(List.of(VIDEO)))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining("it is no archive");
    }

    @Test
    void cacheThatCannotBeMadeIsToldWithItsPath() throws Exception {
        Files.writeString(cache, "a file where a folder should be");

        assertThatThrownBy(() -> clip().files(List.of(VIDEO)))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining("cannot be kept in " + cache);
    }

    @Test
    void failedFetchLeavesNothing() throws Exception {
        DemoClip offline = new DemoClip(cache, inRepository, into -> {
            throw new DemoException("no network");
        });

        assertThatThrownBy(() -> offline.files(List.of(VIDEO))).hasMessage("no network");
        assertOnlyIn(cache);
    }

    private DemoClip clip() {
        return new DemoClip(cache, inRepository, into -> {
            fetches++;
            try {
                return archive(into.resolve("fetched.jar"), "moving pictures", "a face");
            } catch (IOException e) {
                throw new DemoException("test", e);
            }
        });
    }

    private static Path archive(Path file, String video, String face) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a/video.mp4"));
            zip.write(video.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("a/face.jpg"));
            zip.write(face.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void assertOnlyIn(Path folder, String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly(names);
        }
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
