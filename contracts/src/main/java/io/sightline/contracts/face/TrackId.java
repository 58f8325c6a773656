package io.sightline.contracts.face;

import io.sightline.contracts.frame.FrameId;

/**
 * One face over consecutive frames of one camera. Derived from the frame and face index where it began
 * ({@code camera/epoch/seq#index}), so a replay gives the same.
 */
public record TrackId(String value) {
    public TrackId {
        if (value.isEmpty() || value.length() > 128) {
            throw new IllegalArgumentException("track id of " + value.length() + " characters");
        }
    }

    public static TrackId begunAt(FrameId frame, int faceIndex) {
        return new TrackId(frame + "#" + faceIndex);
    }

    @Override
    public String toString() {
        return value;
    }
}
