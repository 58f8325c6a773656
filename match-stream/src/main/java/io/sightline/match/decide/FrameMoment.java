package io.sightline.match.decide;

import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;

/**
 * A frame and its place in its camera's time.
 *
 * @param capturedAtMicros microseconds UTC: gaps and holds are measured on it, so that a file plays alike at any pace
 */
public record FrameMoment(FrameId id, long capturedAtMicros) {
    public static FrameMoment of(FrameHeader header) {
        return new FrameMoment(header.id(), header.times().capturedAtMicros());
    }

    /** How far apart in time, whichever is earlier. */
    public long microsFrom(long otherMicros) {
        return Math.abs(capturedAtMicros - otherMicros);
    }
}
