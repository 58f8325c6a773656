package io.sightline.runtime.trace;

import io.sightline.runtime.settings.Section;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which traces are kept, and where they go.
 *
 * @param endpoint OTLP over HTTP, such as {@code http://127.0.0.1:4318/v1/traces}; empty: no traces
 * @param slow frames whose latency reaches this are traced, sampled or not
 */
public record TracingSettings(Optional<URI> endpoint, Duration slow) {
    private static final Duration SLOW = Duration.ofMillis(500);

    public static TracingSettings defaults() {
        return new TracingSettings(Optional.empty(), SLOW);
    }

    /** Reads the section {@code tracing}. */
    public static TracingSettings read(Section section) {
        return new TracingSettings(
                section.optionalText("endpoint").flatMap(text -> endpoint(section, text)),
                section.millis("slow-ms", SLOW, Duration.ofMillis(1), Duration.ofMinutes(10)));
    }

    private static Optional<URI> endpoint(Section section, String text) {
        try {
            URI uri = URI.create(text);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getUserInfo() == null) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        section.problem(
                "endpoint",
                "is no address of a collector: write it as http://127.0.0.1:4318/v1/traces, without user and password");
        return Optional.empty();
    }
}
