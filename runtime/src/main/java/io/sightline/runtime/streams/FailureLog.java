package io.sightline.runtime.streams;

import io.sightline.contracts.ops.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the first dead letter of each reason, then at most one in ten seconds with the number of those between. */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Clock clock;
    private final Map<String, Instant> lastLogged = new HashMap<>();
    private final Map<String, Long> unlogged = new HashMap<>();

    FailureLog(Clock clock) {
        this.clock = clock;
    }

    void note(DeadLetter letter, Optional<Throwable> thrown) {
        Instant now = clock.instant();
        Instant last = lastLogged.get(letter.reason());
        if (last != null && Duration.between(last, now).compareTo(QUIET) < 0) {
            unlogged.merge(letter.reason(), 1L, Long::sum);
            return;
        }
        lastLogged.put(letter.reason(), now);
        Long between = unlogged.remove(letter.reason());
        String more = between == null ? "" : " (and " + between + " more since the last line)";
        thrown.ifPresentOrElse(
                cause -> LOG.warn("set aside {}{}", letter, more, cause),
                () -> LOG.warn("set aside {}{}", letter, more));
    }
}
