package io.sightline.inference.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** A script in npm's place: it notes its arguments and then does what a test says. */
final class FakeNpm {
    private final Path folder;
    private final Path calls;

    FakeNpm(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.calls = Files.writeString(folder.resolve("calls"), "");
    }

    /** Delivers this archive, as `npm pack` does. */
    NpmClient delivering(byte[] archive) throws IOException {
        Path file = Files.write(folder.resolve("delivered.tgz"), archive);
        return running("cp '" + file + "' some-package-1.0.0.tgz; echo some-package-1.0.0.tgz");
    }

    /** Runs these shell commands in the folder into which npm is asked to pack. */
    NpmClient running(String commands) throws IOException {
        return running(commands, Duration.ofSeconds(30));
    }

    NpmClient running(String commands, Duration timeout) throws IOException {
        Path script = folder.resolve("npm");
        Files.writeString(script, "#!/bin/sh\necho \"$*\" >> '" + calls + "'\n" + commands + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new NpmClient(script.toString(), timeout);
    }

    /** The arguments of each call. */
    List<String> calls() throws IOException {
        return Files.readAllLines(calls);
    }
}
