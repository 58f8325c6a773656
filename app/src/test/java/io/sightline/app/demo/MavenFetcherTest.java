package io.sightline.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenFetcherTest {
    @TempDir
    private Path folder;

    @Test
    void archiveIsCopiedIntoTheFolder() throws Exception {
        String maven = script(
                "for a in \"$@\"; do case $a in -DoutputDirectory=*) touch \"${a#*=}/demos-1.3.10.jar\";; esac; done");

        Path archive = fetcher(maven, Duration.ofMinutes(1)).fetchInto(folder);

        assertThat(archive).isEqualTo(folder.resolve("demos-1.3.10.jar")).exists();
    }

    @Test
    void failureGivesMavensFirstErrorWithoutCredentials() throws IOException {
        String maven = script(
                "echo noise; echo '[ERROR] cannot reach https://me:s3cret@repo.example/x: Unknown host'; echo '[ERROR] more'; exit 1");

        assertThatThrownBy(() -> fetcher(maven, Duration.ofMinutes(1)).fetchInto(folder))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining(
                        "Maven ended with 1: cannot reach https://***@repo.example/x: Unknown host. It is in")
                .hasMessageContaining("mvn dependency:get -Dtransitive=false -Dartifact=org.openimaj:demos:1.3.10")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void successWithoutAnArchiveIsAFailure() throws IOException {
        String maven = script("exit 0");

        assertThatThrownBy(() -> fetcher(maven, Duration.ofMinutes(1)).fetchInto(folder))
                .hasMessageContaining("left no demos-1.3.10.jar");
    }

    @Test
    void missingMavenIsToldAsSuch() {
        assertThatThrownBy(() -> fetcher(folder.resolve("no-mvn").toString(), Duration.ofMinutes(1))
                        .fetchInto(folder))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining("is Maven on the PATH?");
    }

    @Test
    void mavenThatHangsIsEnded() throws IOException {
        String maven = script("exec sleep 600");

        assertThatThrownBy(() -> fetcher(maven, Duration.ofMillis(50)).fetchInto(folder))
                .hasMessageContaining("Maven had not ended after");
    }

    private static MavenFetcher fetcher(String maven, Duration limit) {
        return new MavenFetcher(maven, DemoClip.ARTIFACT, limit);
    }

    private String script(String body) throws IOException {
        Path file = folder.resolve("mvn");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }
}
