package io.sightline.ingest.admission;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * The frames that all cameras of a process may have in flight together, and each camera's equal share of them. Thread-safe;
 * nothing blocks.
 *
 * <p>One window for the fleet, not one for each camera: cameras share the stages, and with windows of their own the one that
 * happens to be served first keeps a wide one while the others, whose frames wait behind, are made narrower and narrower
 * (measured: 21 against 3 frames a second of two like cameras). What a slow camera leaves of its share is not lost, as the
 * window grows while latency allows. Above its size at the start it grows only on demand, that is after a refusal: an idle fleet saves
 * up no burst.
 */
public final class FleetWindow {
    private final CreditSettings settings;

    @GuardedBy("this")
    private AimdWindow window;

    @GuardedBy("this")
    private int streaming;

    @GuardedBy("this")
    private int inFlight;

    /** Frames in time that may still make the window wider, since somebody was refused. */
    @GuardedBy("this")
    private int wanted;

    /** {@code cameras} is how many there are at first. */
    public FleetWindow(CreditSettings settings, int cameras) {
        this.settings = settings;
        this.streaming = Math.max(1, cameras);
        this.window = AimdWindow.of(bounded((double) settings.initialPerCamera() * streaming));
    }

    /** How many cameras stream now and so have a share. */
    public synchronized void share(int streamingCameras) {
        streaming = Math.max(1, streamingCameras);
        window = new AimdWindow(bounded(window.size()), window.shrunkAtNanos());
    }

    /** Whether a camera with so many frames in flight may send one more: up to its share, never less than one. */
    synchronized boolean allows(int inFlightOfCamera) {
        double share = share();
        boolean isAllowed = inFlightOfCamera < Math.max(1, Math.floor(share))
                || (inFlightOfCamera < Math.ceil(share) && inFlight < Math.floor(window.size()));
        if (!isAllowed) {
            wanted = (int) Math.ceil(window.size());
        }
        return isAllowed;
    }

    synchronized void sent() {
        inFlight++;
    }

    /** Frames are no longer in flight, whatever became of them. */
    synchronized void returned(int frames) {
        inFlight -= frames;
    }

    synchronized void inTime() {
        boolean isBelowStart = window.size() < (double) settings.initialPerCamera() * streaming;
        if (wanted > 0 || isBelowStart) {
            wanted = Math.max(0, wanted - 1);
            window = window.inTime(most());
        }
    }

    synchronized void late(long sentNanos, long nowNanos) {
        window = window.late(sentNanos, nowNanos, streaming);
    }

    /** Whole frames that one camera may have in flight for sure. */
    public synchronized int framesPerCamera() {
        return (int) Math.max(1, Math.floor(share()));
    }

    @GuardedBy("this")
    private double share() {
        return Math.min(settings.maxPerCamera(), window.size() / streaming);
    }

    @GuardedBy("this")
    private double most() {
        return Math.max(streaming, Math.min(settings.maxTotal(), (double) settings.maxPerCamera() * streaming));
    }

    @GuardedBy("this")
    private double bounded(double size) {
        return Math.max(streaming, Math.min(most(), size));
    }
}
