package io.sightline.inference.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarArchiveTest {
    private static final String LONG_NAME = "package/" + "deep/".repeat(25) + "model.onnx";

    @TempDir
    Path folder;

    @Test
    void findsAFileAmongOthers() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("package/package.json", new byte[700]);
        files.put("package/empty", new byte[0]);
        files.put("package/model.onnx", bytes("weights"));
        files.put(LONG_NAME, bytes("deep weights"));
        Path archive = archive(TestArchives.tgz(files));

        assertThat(TarArchive.entry(archive, "package/model.onnx", 7)).hasValue(bytes("weights"));
        assertThat(TarArchive.entry(archive, LONG_NAME, 100)).hasValue(bytes("deep weights"));
        assertThat(TarArchive.entry(archive, "package/empty", 100)).hasValue(new byte[0]);
        assertThat(TarArchive.entry(archive, "package/none", 100)).isEmpty();
    }

    @Test
    void doesNotReadMoreThanIsExpected() throws IOException {
        Path archive = archive(TestArchives.tgz(Map.of("package/model.onnx", new byte[9])));

        assertThatThrownBy(() -> TarArchive.entry(archive, "package/model.onnx", 8))
                .isInstanceOf(IOException.class)
                .hasMessage("package/model.onnx has 9 bytes, more than the 8 expected");
    }

    @Test
    void aBrokenArchiveIsNoEndlessLoop() throws IOException {
        byte[] tar = TestArchives.tar(Map.of("package/model.onnx", new byte[4000]));
        Path cut = archive(TestArchives.gzipped(Arrays.copyOf(tar, 1000)));

        assertThatThrownBy(() -> TarArchive.entry(cut, "package/model.onnx", 4000))
                .hasMessage("the archive ends within package/model.onnx");
        assertThatThrownBy(() -> TarArchive.entry(cut, "package/other", 4000)).isInstanceOf(IOException.class);
        Path noise = archive(TestArchives.gzipped(bytes("x".repeat(600))));
        assertThatThrownBy(() -> TarArchive.entry(noise, "package/model.onnx", 4000))
                .hasMessageStartingWith("not a tar archive: size 'xxx");
        Path plain = archive(bytes("no gzip"));
        assertThatThrownBy(() -> TarArchive.entry(plain, "a", 1)).isInstanceOf(IOException.class);
    }

    private Path archive(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("archive.tgz"), bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
