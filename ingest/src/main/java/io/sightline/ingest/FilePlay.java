package io.sightline.ingest;

import java.time.Duration;

/**
 * How a file is played.
 *
 * @param startAt where each play begins, from the file's first picture
 */
public record FilePlay(Duration startAt, Repeat repeat, Pace pace) {
    public FilePlay {
        if (startAt.isNegative()) {
            throw new IllegalArgumentException("a file cannot start at " + startAt.toMillis() + " ms");
        }
    }

    /** Once, from its beginning, as if it were live. */
    public static FilePlay once() {
        return new FilePlay(Duration.ZERO, Repeat.ONCE, Pace.LIVE);
    }

    /** What happens at the file's end. */
    public enum Repeat {
        ONCE,
        LOOP
    }

    /** How fast its pictures come. */
    public enum Pace {
        /** Each at its time, as from a camera; what the stages cannot take is shed. */
        LIVE,
        /** As fast as the stages take them; nothing is shed, the file waits. */
        FAST
    }
}
