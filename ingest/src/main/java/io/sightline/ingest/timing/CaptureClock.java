package io.sightline.ingest.timing;

import io.sightline.contracts.frame.TimeSource;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Tells when a picture was seen, from what is known: the camera's own clock through RTCP, the stream's stamps, or its
 * arrival. One per connection, one thread. Times that it gives always grow.
 *
 * <p>RTCP: a sender report ties a stamp to wall time; the offset is carried to pictures that come without one. A camera
 * whose clock is further than {@link #MAX_CLOCK_ERROR} from ours is not believed. Stream stamps are anchored at the
 * arrival that was quickest so far; the anchor leaks upwards by {@link #LEAK_PPM}, so that the drift between two clocks
 * (some 50 ppm) is followed, and starts anew after a jump.
 */
public final class CaptureClock {
    /** A camera's clock may be wrong by so much before its reports are ignored. */
    public static final Duration MAX_CLOCK_ERROR = Duration.ofSeconds(10);

    private static final long LEAK_PPM = 500;
    private static final long JUMP_MICROS = 5_000_000;

    private final boolean hasTrueStamps;
    private OptionalLong wallOffset = OptionalLong.empty();
    private OptionalLong streamOffset = OptionalLong.empty();
    private long lastArrival;
    private long lastGiven = Long.MIN_VALUE;
    private TimeSource source = TimeSource.ARRIVAL;
    private boolean isClockWrong;
    private OptionalLong clockOffset = OptionalLong.empty();

    /** A clock for a connection whose stamps are of this kind. */
    public CaptureClock(StampKind kind) {
        this.hasTrueStamps = kind == StampKind.TRUE;
    }

    /** What a connection's time stamps are worth before its first sender report. */
    public enum StampKind {
        /** They tell when the picture was taken. */
        TRUE,
        /** They are made up, or not tied to ours yet: arrival is better. */
        NONE
    }

    /** A sender report says that position {@code positionMicros} of the stream was seen at {@code wallMicros} UTC. */
    public void report(long positionMicros, long wallMicros) {
        wallOffset = OptionalLong.of(wallMicros - positionMicros);
    }

    /** When the picture was seen, microseconds UTC; {@link #source()} then says how that is known. */
    public long capturedAt(OptionalLong positionMicros, long arrivalMicros) {
        long known = Math.max(best(positionMicros, arrivalMicros), lastGiven + 1);
        lastGiven = known;
        lastArrival = arrivalMicros;
        return known;
    }

    /** How the last time given is known. */
    public TimeSource source() {
        return source;
    }

    /** Whether the camera's reports are ignored because its clock is off. */
    public boolean isClockWrong() {
        return isClockWrong;
    }

    /** What the camera's clock shows less what ours does, transport included; empty where the camera tells none. Microseconds. */
    public OptionalLong clockOffsetMicros() {
        return clockOffset;
    }

    private long best(OptionalLong positionMicros, long arrivalMicros) {
        if (positionMicros.isPresent() && wallOffset.isPresent()) {
            long seen = positionMicros.getAsLong() + wallOffset.getAsLong();
            clockOffset = OptionalLong.of(seen - arrivalMicros);
            isClockWrong = Math.abs(seen - arrivalMicros) > MAX_CLOCK_ERROR.toNanos() / 1000;
            if (!isClockWrong) {
                source = TimeSource.RTCP;
                return seen;
            }
        }
        if (positionMicros.isPresent() && hasTrueStamps) {
            source = TimeSource.STREAM;
            return fromStream(positionMicros.getAsLong(), arrivalMicros);
        }
        source = TimeSource.ARRIVAL;
        return arrivalMicros;
    }

    private long fromStream(long positionMicros, long arrivalMicros) {
        long fresh = arrivalMicros - positionMicros;
        long anchored = streamOffset.orElse(fresh)
                + (arrivalMicros - Math.min(lastArrival, arrivalMicros)) * LEAK_PPM / 1_000_000;
        boolean isNew = streamOffset.isEmpty() || Math.abs(fresh - anchored) > JUMP_MICROS;
        long offset = isNew ? fresh : Math.min(anchored, fresh);
        streamOffset = OptionalLong.of(offset);
        return positionMicros + offset;
    }
}
