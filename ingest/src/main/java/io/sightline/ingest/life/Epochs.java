package io.sightline.ingest.life;

/** An epoch is one life of a camera's capture: its start in milliseconds, raised above the last one known. */
public final class Epochs {
    private Epochs() {}

    /**
     * The epoch of a capture that starts now.
     *
     * @param lastKnown the camera's last epoch, or −1 when there was none
     */
    public static long begin(long nowMillis, long lastKnown) {
        return Math.max(nowMillis, lastKnown + 1);
    }
}
