package io.sightline.app.embedded;

import java.util.Optional;

/** What the broker's process tells its parent: {@code ready 127.0.0.1:41234} or {@code failed SENTENCE}, a line each. */
final class BrokerLine {
    private static final String READY = "ready ";
    private static final String FAILED = "failed ";

    private BrokerLine() {}

    static String ready(String bootstrapServers) {
        return READY + bootstrapServers;
    }

    static String failed(String sentence) {
        return FAILED + sentence.replaceAll("[\\r\\n]+", " ");
    }

    static Optional<Integer> port(String line) {
        return after(READY, line).map(address -> Integer.valueOf(address.substring(address.lastIndexOf(':') + 1)));
    }

    static Optional<String> failure(String line) {
        return after(FAILED, line);
    }

    private static Optional<String> after(String prefix, String line) {
        return line.startsWith(prefix) ? Optional.of(line.substring(prefix.length())) : Optional.empty();
    }
}
