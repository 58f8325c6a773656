package io.sightline.tests.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A certificate for 127.0.0.1 that signs itself, made with {@code openssl}. */
public final class TestCertificate {
    private TestCertificate() {}

    /** Two PEM files in the folder. */
    public static RtspSpec.Certificate in(Path folder) throws IOException {
        RequiredServer.OPENSSL.require();
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        TestClips.run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=127.0.0.1",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
        return new RtspSpec.Certificate(certificate, key);
    }
}
