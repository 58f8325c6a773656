package io.sightline.tests.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.tests.servers.TestClips.Clip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link RtspServer} serves, and to whom.
 *
 * @param port 0 takes a free one
 */
public record RtspSpec(Clip clip, int port, Optional<Login> login, Optional<Certificate> certificate) {
    static final String PATH = "/cam";

    /** Who may watch. */
    public record Login(String user, String password, Scheme scheme) {
        /** How the password travels: RFC 7617, RFC 7616. */
        public enum Scheme {
            BASIC,
            DIGEST
        }
    }

    /** PEM files for {@code rtsps}: {@link TestCertificate} makes them. */
    public record Certificate(Path certificate, Path key) {}

    public static RtspSpec of(Clip clip) {
        return new RtspSpec(clip, 0, Optional.empty(), Optional.empty());
    }

    public RtspSpec withPort(int otherPort) {
        return new RtspSpec(clip, otherPort, login, certificate);
    }

    public RtspSpec withLogin(String user, String password, Login.Scheme scheme) {
        return new RtspSpec(clip, port, Optional.of(new Login(user, password, scheme)), certificate);
    }

    public RtspSpec withCertificate(Certificate other) {
        return new RtspSpec(clip, port, login, Optional.of(other));
    }

    /** One line, as the script reads it. */
    String json() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("file", clip.file().toString());
        settings.put("codec", clip.codec().wireName());
        settings.put("fps", clip.fps());
        settings.put("port", port);
        settings.put("path", PATH);
        login.ifPresent(some -> {
            settings.put("user", some.user());
            settings.put("password", some.password());
            settings.put("scheme", some.scheme() == Login.Scheme.BASIC ? "basic" : "digest");
        });
        certificate.ifPresent(some -> {
            settings.put("certificate", some.certificate().toString());
            settings.put("key", some.key().toString());
        });
        try {
            return new ObjectMapper().writeValueAsString(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
