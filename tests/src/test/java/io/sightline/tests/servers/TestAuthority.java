package io.sightline.tests.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Signs certificates for 127.0.0.1, made with {@code openssl}. */
public final class TestAuthority {
    private static final String EXTENSIONS = """
            basicConstraints = critical, CA:FALSE
            subjectAltName = IP:127.0.0.1
            """;

    private final Path folder;

    private TestAuthority(Path folder) {
        this.folder = folder;
    }

    /** A new one, which keeps all files in the folder. */
    public static TestAuthority in(Path folder) throws IOException {
        RequiredServer.OPENSSL.require();
        Files.createDirectories(folder);
        TestAuthority authority = new TestAuthority(folder);
        authority.openssl(authority.newKey(
                "ca", "-x509", "-days", "2", "-out", authority.certificate().toString()));
        return authority;
    }

    /** PEM, for those who are to trust it. */
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /** PEM of a certificate for {@code CN=name} with its private key. */
    public Path issue(String name) throws IOException {
        Path request = folder.resolve(name + ".csr");
        Path extensions = Files.writeString(folder.resolve("extensions"), EXTENSIONS);
        Path issued = folder.resolve(name + ".pem");
        openssl(newKey(name, "-out", request.toString()));
        openssl(List.of(
                "x509",
                "-req",
                "-days",
                "2",
                "-in",
                request.toString(),
                "-out",
                issued.toString(),
                "-CA",
                certificate().toString(),
                "-CAkey",
                key("ca").toString(),
                "-CAcreateserial",
                "-extfile",
                extensions.toString()));
        return Files.writeString(issued, Files.readString(key(name)), StandardOpenOption.APPEND);
    }

    private List<String> newKey(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-keyout",
                key(name).toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private Path key(String name) {
        return folder.resolve(name + ".key");
    }

    private void openssl(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        TestClips.run(command);
    }
}
