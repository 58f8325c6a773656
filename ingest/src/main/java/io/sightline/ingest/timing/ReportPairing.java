package io.sightline.ingest.timing;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds out which packet a sender's report belongs to. FFmpeg hangs the wall time of an RTP packet on whichever packet its
 * parser puts out next, and a parser that waits for the beginning of the next picture puts out the one before: read as it
 * stands, H.264 and H.265 are stamped one frame interval late (measured with 8.0.1: 40 ms at 25 frames a second, and exact
 * without the parser). The stream's origin, which FFmpeg keeps from the first report, tells which pairing is right. Pure; one
 * per connection, one thread.
 */
public final class ReportPairing {
    /** Differences below this are clock jitter, not a frame interval. */
    private static final long JITTER_MICROS = 1_000;

    private Optional<Pairing> pairing = Optional.empty();
    private OptionalLong lastWallMicros = OptionalLong.empty();

    private enum Pairing {
        THIS_PACKET,
        NEXT_PACKET
    }

    /**
     * A packet came.
     *
     * @param wallMicros what hangs on it, microseconds UTC
     * @param originMicros wall time of position 0, once FFmpeg knows it
     * @return the wall time of this packet's position, if it can be told
     */
    public OptionalLong wallOf(long positionMicros, OptionalLong wallMicros, OptionalLong originMicros) {
        OptionalLong before = lastWallMicros;
        lastWallMicros = wallMicros;
        if (pairing.isEmpty() && before.isPresent() && wallMicros.isPresent() && originMicros.isPresent()) {
            long expected = originMicros.getAsLong() + positionMicros;
            long asThis = Math.abs(wallMicros.getAsLong() - expected);
            long asNext = Math.abs(before.getAsLong() - expected);
            pairing = Optional.of(asNext + JITTER_MICROS < asThis ? Pairing.NEXT_PACKET : Pairing.THIS_PACKET);
        }
        return pairing.map(known -> known == Pairing.THIS_PACKET ? wallMicros : before)
                .orElse(OptionalLong.empty());
    }
}
