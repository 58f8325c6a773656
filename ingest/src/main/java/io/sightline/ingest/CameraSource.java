package io.sightline.ingest;

import io.sightline.ingest.capture.OpenRequest.Transport;
import io.sightline.runtime.settings.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a camera's pictures come from: {@code rtsp}, {@code rtsps}, {@code http}, {@code https}, or a file's path. Credentials are
 * kept apart and never printed: {@link #toString()} is safe for logs, topics and errors; a query may hold a password too,
 * so it is not shown either.
 */
public final class CameraSource {
    private static final List<String> SCHEMES = List.of("rtsp", "rtsps", "http", "https");
    private static final String ALLOWED = "use rtsp://, rtsps://, http://, https:// or the path of a video file";

    private final Transport transport;
    private final URI bare;
    private final String shown;
    private final Optional<UserInfo> userInfo;

    private CameraSource(Transport transport, URI bare, String shown, Optional<UserInfo> userInfo) {
        this.transport = transport;
        this.bare = bare;
        this.shown = shown;
        this.userInfo = userInfo;
    }

    /** Reads an address or path; throws {@link IllegalArgumentException} that says what is allowed, without credentials. */
    public static CameraSource parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.indexOf("://");
        if (colon <= 0) {
            return path(trimmed);
        }
        String scheme = trimmed.substring(0, colon).toLowerCase(Locale.ROOT);
        if (scheme.equals("file")) {
            return file(trimmed);
        }
        if (!SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException(
                    "camera source '" + AddressText.shown(trimmed) + "' has an unknown scheme; " + ALLOWED);
        }
        return network(scheme, trimmed.substring(colon + 3));
    }

    /** A file as a source. */
    public static CameraSource of(Path file) {
        return path(file.toString());
    }

    /** This source with credentials from elsewhere; an address that has some already is an error. */
    CameraSource withCredentials(String user, Secret password) {
        if (transport == Transport.FILE) {
            throw new IllegalArgumentException("a file has no user and password");
        }
        if (userInfo.isPresent()) {
            throw new IllegalArgumentException(
                    "user and password stand in the url and beside it: take them out of the url");
        }
        String encoded = encoded(user) + ":" + encoded(password.reveal());
        return new CameraSource(transport, bare, shown, Optional.of(new UserInfo(encoded, Origin.REFERENCE)));
    }

    /** Whether a user or password stood in the address itself, where process lists and shell histories keep it. */
    public boolean hasCredentialsInAddress() {
        return userInfo.filter(info -> info.origin == Origin.ADDRESS).isPresent();
    }

    /** Whether it is a file: it can end. */
    public boolean isFile() {
        return transport == Transport.FILE;
    }

    /** Whether the connection is a secure one. */
    public boolean isTls() {
        return "rtsps".equals(bare.getScheme()) || "https".equals(bare.getScheme());
    }

    Transport transport() {
        return transport;
    }

    String host() {
        return Optional.ofNullable(bare.getHost()).orElse("");
    }

    /** What FFmpeg opens: with credentials. Never print it. */
    String openAddress() {
        if (transport == Transport.FILE) {
            // "file:" keeps FFmpeg from reading a name such as "a:b.mp4" as a protocol
            return "file:" + Path.of(bare);
        }
        String rest = bare.toString().substring(bare.getScheme().length() + 3);
        return bare.getScheme() + "://"
                + userInfo.map(info -> info.encoded + "@").orElse("") + rest;
    }

    /** The address without credentials and query. */
    @Override
    public String toString() {
        return shown;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CameraSource that && bare.equals(that.bare) && userInfo.equals(that.userInfo);
    }

    @Override
    public int hashCode() {
        return bare.hashCode();
    }

    private static CameraSource network(String scheme, String rest) {
        int at = AddressText.endOfUserInfo(rest);
        Optional<UserInfo> userInfo = at < 0
                ? Optional.empty()
                : Optional.of(new UserInfo(encodedUserInfo(rest.substring(0, at)), Origin.ADDRESS));
        String bare = scheme + "://" + rest.substring(at + 1);
        String shown = AddressText.shown(bare);
        try {
            URI uri = new URI(bare);
            if (uri.getHost() != null && uri.getPort() <= 65_535) {
                Transport transport = scheme.startsWith("rtsp") ? Transport.RTSP : Transport.HTTP;
                return new CameraSource(transport, uri, shown, userInfo);
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("camera source '" + shown
                    + "' is not a valid address: characters such as spaces must be percent-encoded");
        }
        throw new IllegalArgumentException(
                "camera source '" + shown + "' has no valid host and port; write " + scheme + "://host:port/path");
    }

    private static CameraSource file(String url) {
        try {
            return path(Path.of(new URI(url)).toString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "camera source '" + AddressText.shown(url) + "' is not a file's address; " + ALLOWED, e);
        }
    }

    private static CameraSource path(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("camera source is empty; " + ALLOWED);
        }
        try {
            URI uri = Path.of(text).toAbsolutePath().normalize().toUri();
            return new CameraSource(Transport.FILE, uri, text, Optional.empty());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "camera source '" + AddressText.shown(text) + "' is not a path; " + ALLOWED, e);
        }
    }

    private static String encodedUserInfo(String userInfo) {
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? encodedOnce(userInfo)
                : encodedOnce(userInfo.substring(0, colon)) + ":" + encodedOnce(userInfo.substring(colon + 1));
    }

    /** Percent-encodes what an address could not carry, and leaves what is encoded already. */
    private static String encodedOnce(String part) {
        return part.matches("(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*") ? part : encoded(part);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private enum Origin {
        ADDRESS,
        REFERENCE
    }

    private record UserInfo(String encoded, Origin origin) {
        @Override
        public String toString() {
            return "***";
        }
    }
}
