package io.sightline.app.embedded;

import java.util.Optional;

/** One running server: from its start until it ends, by itself or by {@link #close}. */
interface ServerProcess extends AutoCloseable {
    /** On 127.0.0.1. */
    int port();

    /** Of the server itself, not of a wrapper. */
    long pid();

    /** Blocks until it has ended; what it ended with, as a sentence's second half: {@code exit code 137}. */
    String awaitEnd() throws InterruptedException;

    /** The sentence that the server itself left about its end. */
    Optional<String> lastWords();

    /** Ends it, orderly within a bound, else by force; returns when it has ended. */
    @Override
    void close();
}
