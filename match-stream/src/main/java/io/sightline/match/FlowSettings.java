package io.sightline.match;

import io.sightline.runtime.settings.Section;
import java.time.Duration;

/**
 * When the account is published, and when a silent camera's visits end.
 *
 * @param maxAge an undecided frame that is older is shed as expired; zero for never, since deciding is cheap
 * @param ledgerInterval a camera's ledger is published this often while frames come
 * @param quiet when no frame of a camera has come for so long, what was not yet told is: its ledger, its sightings' updates
 * @param idleClose when no frame of a camera has come for so long, its sightings close
 */
public record FlowSettings(Duration maxAge, Duration ledgerInterval, Duration quiet, Duration idleClose) {
    private static final FlowSettings DEFAULTS =
            new FlowSettings(Duration.ZERO, Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ofSeconds(5));

    public FlowSettings {
        if (maxAge.isNegative() || ledgerInterval.isNegative() || quiet.isNegative() || idleClose.isNegative()) {
            throw new IllegalArgumentException(
                    "a negative duration among " + maxAge + ", " + ledgerInterval + ", " + quiet + ", " + idleClose);
        }
    }

    public static FlowSettings defaults() {
        return DEFAULTS;
    }

    /** Reads its keys from the section {@code match}. */
    static FlowSettings read(Section section) {
        return new FlowSettings(
                section.millis("max-age-ms", DEFAULTS.maxAge, Duration.ZERO, Duration.ofHours(1)),
                section.section("ledger")
                        .millis("interval-ms", DEFAULTS.ledgerInterval, Duration.ofMillis(100), Duration.ofHours(1)),
                section.section("ledger")
                        .millis("quiet-ms", DEFAULTS.quiet, Duration.ofMillis(50), Duration.ofMinutes(1)),
                section.section("sightings")
                        .millis("idle-close-ms", DEFAULTS.idleClose, Duration.ofMillis(100), Duration.ofHours(1)));
    }
}
