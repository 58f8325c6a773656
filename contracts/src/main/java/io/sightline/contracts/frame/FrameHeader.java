package io.sightline.contracts.frame;

import java.util.Optional;

/**
 * What every message about a frame begins with.
 *
 * @param id the frame; of a run, its first
 * @param runLength how many consecutive frames the record stands for; above 1 only when settled
 * @param widthPx width of the published picture, 0 where there never was one
 * @param settlement present once the outcome is known
 */
public record FrameHeader(
        FrameId id, int runLength, FrameTimes times, int widthPx, int heightPx, Optional<Settlement> settlement) {
    public FrameHeader {
        if (runLength < 1 || (runLength > 1 && settlement.isEmpty())) {
            throw new IllegalArgumentException(
                    "frame " + id + ": run of " + runLength + (settlement.isEmpty() ? " unsettled frames" : " frames"));
        }
        if (widthPx < 0 || heightPx < 0) {
            throw new IllegalArgumentException("frame " + id + ": picture of " + widthPx + "x" + heightPx);
        }
    }

    /** A frame that still has its way to go. */
    public static FrameHeader open(FrameId id, FrameTimes times, int widthPx, int heightPx) {
        return new FrameHeader(id, 1, times, widthPx, heightPx, Optional.empty());
    }

    public boolean isSettled() {
        return settlement.isPresent();
    }

    /** This frame with its outcome; throws {@link IllegalStateException} if it has one: an outcome is given once. */
    public FrameHeader settle(Settlement outcome) {
        if (settlement.isPresent()) {
            throw new IllegalStateException("frame " + id + " is settled already: " + settlement.get());
        }
        return new FrameHeader(id, runLength, times, widthPx, heightPx, Optional.of(outcome));
    }

    public FrameHeader withTimes(FrameTimes stamped) {
        return new FrameHeader(id, runLength, stamped, widthPx, heightPx, settlement);
    }

    /** The last sequence number that this record stands for. */
    public long lastSeq() {
        return id.seq() + runLength - 1;
    }
}
