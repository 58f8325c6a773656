package io.sightline.match.gallery;

import io.sightline.runtime.settings.Secret;
import io.sightline.runtime.settings.Section;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where Redis is, and how long to wait for it.
 *
 * @param url {@code redis://host:port/database}, or {@code rediss://} for TLS; never with credentials
 * @param user name for Redis ACLs; empty for the default user
 * @param namespace what all keys begin with; one Redis serves several installations under several namespaces
 */
public record RedisSettings(
        String url,
        Optional<String> user,
        Optional<Secret> password,
        String namespace,
        Duration connectTimeout,
        Duration readTimeout) {
    private static final String DEFAULT_URL = "redis://127.0.0.1:6379";
    private static final String DEFAULT_NAMESPACE = "sightline";
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(2);

    public RedisSettings {
        problemOf(url).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        if (namespace.isBlank() || namespace.indexOf('{') >= 0 || namespace.indexOf('}') >= 0) {
            throw new IllegalArgumentException("redis namespace '" + namespace + "' is blank or holds a brace");
        }
    }

    public static RedisSettings defaults() {
        return at(DEFAULT_URL);
    }

    /** The defaults, at another address. */
    public static RedisSettings at(String url) {
        return new RedisSettings(
                url,
                Optional.empty(),
                Optional.empty(),
                DEFAULT_NAMESPACE,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_READ_TIMEOUT);
    }

    /** Reads the section {@code redis}; mistakes become problems of the section. */
    public static RedisSettings read(Section section) {
        String url = section.text("url", DEFAULT_URL);
        Optional<String> problem = problemOf(url);
        problem.ifPresent(message -> section.problem("url", message));
        String namespace = section.text("namespace", DEFAULT_NAMESPACE);
        boolean isNamespaceUsable = !namespace.isBlank() && !namespace.contains("{") && !namespace.contains("}");
        if (!isNamespaceUsable) {
            section.problem("namespace", "must not be blank or hold a brace");
        }
        return new RedisSettings(
                problem.isPresent() ? DEFAULT_URL : url,
                section.optionalText("user"),
                section.secret("password"),
                isNamespaceUsable ? namespace : DEFAULT_NAMESPACE,
                section.millis(
                        "connect-timeout-ms", DEFAULT_CONNECT_TIMEOUT, Duration.ofMillis(50), Duration.ofMinutes(1)),
                section.millis("read-timeout-ms", DEFAULT_READ_TIMEOUT, Duration.ofMillis(50), Duration.ofMinutes(1)));
    }

    URI uri() {
        return URI.create(url);
    }

    String host() {
        return uri().getHost();
    }

    int port() {
        return uri().getPort() < 0 ? 6379 : uri().getPort();
    }

    int database() {
        String path = Optional.ofNullable(uri().getPath()).orElse("");
        return path.length() > 1 ? Integer.parseInt(path.substring(1)) : 0;
    }

    /** The server, unresolved, if it speaks TLS. */
    public Optional<InetSocketAddress> tlsServer() {
        return usesTls() ? Optional.of(InetSocketAddress.createUnresolved(host(), port())) : Optional.empty();
    }

    boolean usesTls() {
        return "rediss".equals(uri().getScheme());
    }

    private static Optional<String> problemOf(String url) {
        if (url.indexOf('@') >= 0) {
            return Optional.of("holds credentials: name the user as redis.user and the password as redis.password,"
                    + " a reference such as env:NAME or file:PATH");
        }
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            return Optional.of("is no address: use redis://host:port/database");
        }
        boolean isRedis = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
        if (!isRedis || uri.getHost() == null) {
            return Optional.of("is no Redis address: use redis://host:port/database, or rediss:// for TLS");
        }
        String path = Optional.ofNullable(uri.getPath()).orElse("");
        if (!path.matches("/?|/[0-9]{1,4}")) {
            return Optional.of("ends in '" + path + "', which is no database number");
        }
        return Optional.empty();
    }
}
