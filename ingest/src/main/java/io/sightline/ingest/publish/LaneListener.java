package io.sightline.ingest.publish;

import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Settlement;

/** Counts what happens in a lane. Called under the lane's lock: quick, and never back into the lane. */
public interface LaneListener {
    /** A frame got its number: it is captured. */
    void numbered();

    /** A frame went out with its picture. */
    void published(FrameTimes times, Jpeg picture, long nowNanos);

    /** A frame ended at ingest. */
    void settled(Settlement settlement);

    /** The sink gave a frame, or a run, back. */
    void deliveryFailed(FrameHeader header, String why);

    /** Frames in flight were not settled within the bound. */
    void creditExpired(int frames);
}
